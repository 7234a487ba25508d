using Dualstack.Activities.Projection;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using GardenIntent = Dualstack.Gardener.Writes.WriteIntent;
using WriteOutcome = Dualstack.Workflows.Writes.WriteOutcome;

namespace Dualstack.Activities;

/// <summary>Makes the writes that workflows decided on, each once whatever gets lost, and gives receipts.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="logger">Told about what was written.</param>
public sealed class ShootWriter(IGarden garden, ILogger<ShootWriter> logger)
{
    private readonly GuardedWriter writer = new(garden);

    /// <summary>Writes, inside of an activity.</summary>
    /// <param name="input">The decision.</param>
    /// <param name="write">What to write.</param>
    /// <param name="pools">The pools that it is about on a shoot; null for none.</param>
    /// <returns>The receipt.</returns>
    public Task<WriteReceipt> WriteAsync(WriteInput input, ShootWrite write, Func<Shoot, IReadOnlyList<string>>? pools = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(write);
        return ActivityFailures.TranslateAsync(async () =>
        {
            var intent = new GardenIntent(ShootIdentities.Of(input.Shoot, input.Intent.Uid), input.Intent.Id, input.Intent.Generation);
            var result = await writer.WriteAsync(intent, write, ActivityExecutionContext.Current.CancellationToken);
            logger.LogInformation(
                "{Kind} on shoot {Shoot}, intent {Intent}: {Outcome}{Why}",
                input.Intent.Kind, input.Shoot, intent.Id, result.Outcome, result.Why is { } why ? $", {why}" : string.Empty);
            return Receipt(input, write, pools, result);
        });
    }

    /// <summary>Asks for a run, inside of an activity.</summary>
    /// <param name="input">The decision.</param>
    /// <param name="objection">Says why a shoot does not need the run any more, or null; asked only of shoots with two families.</param>
    /// <returns>The receipt.</returns>
    public Task<WriteReceipt> ReconcileAsync(WriteInput input, Func<Shoot, string?> objection)
    {
        ArgumentNullException.ThrowIfNull(input);
        return WriteAsync(
            input,
            ShootWrite.Reconcile(input.Tasks).Unless(shoot => shoot.WantsDualStack ? objection(shoot) : "The shoot is not asked to be dual-stack any more."));
    }

    private static WriteReceipt Receipt(WriteInput input, ShootWrite write, Func<Shoot, IReadOnlyList<string>>? pools, WriteResult result)
    {
        var shoot = result.Reading.Shoot;
        var receipt = new WriteReceipt(
            input.Intent.Id,
            input.Intent.Kind,
            Enum.Parse<WriteOutcome>(result.Outcome.ToString()),
            input.Intent.Generation,
            ShootProjection.Project(result.Reading),
            result.Why is { } why ? ShootProjection.Cut(why, ShootObservation.TextLimit) : null);
        return receipt.IsWritten()
            ? receipt with
            {
                Operation = write.Operation(shoot) is { } operation ? ShootProjection.Cut(operation, ShootObservation.TextLimit) : null,
                Pools = [.. (pools?.Invoke(shoot) ?? []).Take(ShootObservation.ListLimit)],
            }
            : receipt with { Unfit = result is { Outcome: Gardener.Writes.WriteOutcome.DecideAnew, Why: { } reason } && reason == write.Misfit(shoot) };
    }
}
