namespace Dualstack.Gardener.Access;

/// <summary>A program that hands out credentials (client-go's exec plugins).</summary>
internal sealed record CredentialPlugin(string ApiVersion, string Command)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? InstallHint { get; init; }

    public bool ProvideClusterInfo { get; init; }

    public PluginInteraction Interaction { get; init; } = PluginInteraction.IfAvailable;

    /// <summary>Where a relative path in <see cref="Command"/> starts: the kubeconfig's folder.</summary>
    public string Directory { get; init; } = string.Empty;

    // Arguments and environment can hold secrets.
    public override string ToString() => $"plugin {Command}";
}
