using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Puts our marks on shoots, and takes them off.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="writes">Writes to shoots.</param>
public sealed class MarkActivities(IGarden garden, ShootWriter writes) : IMarkActivities
{
    private readonly GuardedWriter writer = new(garden);

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> SetMarksAsync(WriteInput input) => writes.WriteAsync(input, ShootWrite.Marks());

    /// <inheritdoc/>
    [Activity]
    public Task<ReleaseMarksReport> ReleaseMarksAsync(ReleaseMarksInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var own = input is { WithdrawIntentId: { } intent, WithdrawOperation: { } operation } ? new OwnOperation(intent, operation) : null;
        return ActivityFailures.TranslateAsync(async () =>
        {
            try
            {
                var (result, withdrawn) = await writer.UnmarkAsync(
                    ShootIdentities.Of(input.Shoot, input.Uid), own, ActivityExecutionContext.Current.CancellationToken);
                return new ReleaseMarksReport(ShootProjection.Project(result.Reading), withdrawn);
            }
            catch (GardenException exception) when (exception.Kind is GardenErrorKind.NotFound or GardenErrorKind.Recreated)
            {
                return new ReleaseMarksReport(null, false);
            }
        });
    }
}
