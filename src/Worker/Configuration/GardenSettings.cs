namespace Dualstack.Worker.Configuration;

/// <summary>Which garden the worker serves.</summary>
public sealed record GardenSettings
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "Garden";

    /// <summary>The garden's identity; null to take it from the shoots themselves.</summary>
    public string? Identity { get; init; }

    /// <summary>The kubeconfig file; null to look where kubectl looks.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The kubeconfig's context; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The project namespaces to observe; empty for the whole garden, or for the namespace of the context where listing all shoots is forbidden.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Requests a second on the long run; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; } = 20;
}
