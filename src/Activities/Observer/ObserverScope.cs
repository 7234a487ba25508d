using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Activities.Observer;

/// <summary>Which part of its garden a worker observes.</summary>
/// <param name="Configured">The project namespaces that its settings name; empty to find out.</param>
/// <param name="Own">The namespace of its kubeconfig's context; null if it has none.</param>
public sealed record ObserverScope(IReadOnlyList<string> Configured, string? Own)
{
    /// <summary>The whole garden, whatever the rights.</summary>
    public static ObserverScope WholeGarden { get; } = new([], null);

    /// <summary>Finds out what to observe: what is configured, else the whole garden, else, where that is forbidden, the namespace of the context.</summary>
    /// <param name="garden">The garden.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The namespaces; empty for the whole garden.</returns>
    /// <exception cref="GardenException">The garden could not be asked.</exception>
    public async Task<IReadOnlyList<string>> ResolveAsync(IGarden garden, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(garden);
        if (Configured.Count > 0 || Own is null)
        {
            return Configured;
        }

        try
        {
            await foreach (var page in garden.ListAsync(ShootScope.All, GardenNames.MigrationSelector, cancellationToken))
            {
                _ = page;
                break;
            }

            return [];
        }
        catch (GardenException e) when (e.Kind == GardenErrorKind.Forbidden)
        {
            return [Own];
        }
    }
}
