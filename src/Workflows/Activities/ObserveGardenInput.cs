namespace Dualstack.Workflows.Activities;

/// <summary>Input of <see cref="IObserverActivities.ObserveGardenAsync"/> and of <see cref="MessageNames.GardenObserverWorkflow"/>.</summary>
/// <param name="Garden">The garden's identity.</param>
public sealed record ObserveGardenInput(string Garden)
{
    /// <summary>The project namespaces that are observed; empty for all in one. The worker that observes decides it.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Up to where all signals were acknowledged, by namespace (empty for all in one); null to begin with a list.</summary>
    public IReadOnlyDictionary<string, string>? ResourceVersions { get; init; }
}
