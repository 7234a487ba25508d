namespace Dualstack.Gardener.Access;

/// <summary>A context with what it refers to.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Namespace">Its default namespace.</param>
/// <param name="Cluster">The server.</param>
/// <param name="User">Who asks; null for nobody in particular.</param>
internal sealed record KubeconfigContext(string Name, string? Namespace, KubeconfigCluster Cluster, KubeconfigUser? User);
