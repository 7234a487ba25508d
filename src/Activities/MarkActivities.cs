using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
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
        var context = ActivityExecutionContext.Current;
        return ActivityFailures.TranslateAsync(async () =>
        {
            try
            {
                var identity = ShootIdentities.Of(input.Shoot, input.Uid);
                var own = Untaken(input, (await writer.ReadAsync(identity, context.CancellationToken)).Shoot);
                var tried = context.Info.HeartbeatDetails.Count > 0;
                if (own is not null)
                {
                    // The next attempt could not tell any more that something of ours was there.
                    context.Heartbeat(own.IntentId);
                }

                var (result, withdrawn) = await writer.UnmarkAsync(identity, own, context.CancellationToken);
                var shoot = result.Reading.Shoot;
                var earlier = tried && own is null && shoot is { PendingOperation: null, PendingRollouts.Count: 0 };
                return new ReleaseMarksReport(ShootProjection.Project(result.Reading), withdrawn || earlier);
            }
            catch (GardenException exception) when (exception.Kind is GardenErrorKind.NotFound or GardenErrorKind.Recreated)
            {
                return new ReleaseMarksReport(null, false);
            }
        });
    }

    // The intent on the shoot says which of our writes was the last that reached it, and so whose operation may lie there.
    private static OwnOperation? Untaken(ReleaseMarksInput input, Shoot shoot)
    {
        var write = input.Withdraw.FirstOrDefault(write => write.IntentId == shoot.Intent);
        var isTaken = write is { Kind: WriteKind.Rollout } && shoot.PendingRollouts.Count > 0;
        var operation = write is null || isTaken ? null : write.Operation ?? OperationOf(write, shoot);
        return operation is not null && new OwnOperation(shoot.Intent!, operation) is var own && own.Matches(shoot.PendingOperation) ? own : null;
    }

    private static string? OperationOf(WithdrawnWrite write, Shoot shoot)
    {
        ShootWrite made = write.Kind switch
        {
            WriteKind.IpFamilies or WriteKind.Mark => ShootWrite.Marks(),
            WriteKind.Rollout => ShootWrite.RolloutWorkers(write.Pools),
            WriteKind.RetryFailedRun => ShootWrite.Retry(),
            _ => ShootWrite.Reconcile([]),
        };
        return made.Operation(shoot);
    }
}
