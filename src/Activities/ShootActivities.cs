using Dualstack.Activities.Projection;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Reads shoots.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="clusters">Looks into shoots.</param>
public sealed class ShootActivities(IGarden garden, ClusterLook clusters) : IShootActivities
{
    private readonly GuardedWriter writer = new(garden);
    private readonly PatientLook patient = new(garden, clusters);

    /// <inheritdoc/>
    [Activity]
    public Task<ShootObservation> ObserveShootAsync(ShootInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ActivityFailures.TranslateAsync(async () => ShootProjection.Project(
            await writer.ReadAsync(ShootIdentities.Of(input.Shoot, input.Uid), ActivityExecutionContext.Current.CancellationToken)));
    }

    /// <inheritdoc/>
    [Activity]
    public Task<NodesReport> AwaitHealthAsync(AwaitInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return patient.LookAsync(input, observation => Obstacles.NewlyUnhealthy(observation, input.UnhealthyBefore) is { Count: > 0 } unhealthy
            ? $"Health has to settle: {string.Join(", ", unhealthy)}."
            : null);
    }

    /// <inheritdoc/>
    [Activity]
    public Task<ShootObservation> AwaitGardenerAsync(AwaitInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return patient.ReadAsync(input, observation => Unrest.Of(observation, input.Awaited));
    }
}
