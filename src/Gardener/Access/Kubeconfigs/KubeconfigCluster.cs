using System.Text.Json.Nodes;

namespace Dualstack.Gardener.Access;

/// <summary>A server as a kubeconfig describes it. Paths are absolute.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Server">The API server's address.</param>
internal sealed record KubeconfigCluster(string Name, Uri Server)
{
    public string? AuthorityData { get; init; }

    public string? AuthorityFile { get; init; }

    public string? TlsServerName { get; init; }

    public bool SkipTlsVerify { get; init; }

    public Uri? Proxy { get; init; }

    public bool DisableCompression { get; init; }

    /// <summary>What credential plugins are told about this cluster.</summary>
    public JsonNode? PluginConfig { get; init; }
}
