using Dualstack.Activities.Projection;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Reads shoots.</summary>
/// <param name="garden">The garden of this worker.</param>
public sealed class ShootActivities(IGarden garden) : IShootActivities
{
    private readonly GuardedWriter writer = new(garden);

    /// <inheritdoc/>
    [Activity]
    public Task<ShootObservation> ObserveShootAsync(ShootInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ActivityFailures.TranslateAsync(async () => ShootProjection.Project(
            await writer.ReadAsync(ShootIdentities.Of(input.Shoot, input.Uid), ActivityExecutionContext.Current.CancellationToken)));
    }
}
