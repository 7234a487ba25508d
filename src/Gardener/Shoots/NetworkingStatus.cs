namespace Dualstack.Gardener.Shoots;

/// <summary>The ranges that the infrastructure really has, <c>status.networking</c>. The order is the provider's.</summary>
/// <param name="Nodes">Node ranges.</param>
/// <param name="Pods">Pod ranges.</param>
/// <param name="Services">Service ranges.</param>
public sealed record NetworkingStatus(IReadOnlyList<string> Nodes, IReadOnlyList<string> Pods, IReadOnlyList<string> Services);
