using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Dualstack.Activities;

/// <summary>
/// One look per attempt; an attempt that found too little fails with the time of the next, so that waiting costs neither history nor a slot.
/// </summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="clusters">Looks into shoots.</param>
internal sealed class PatientLook(IGarden garden, ClusterLook clusters)
{
    private readonly GuardedWriter writer = new(garden);
    private readonly PersistentLook persistent = new(clusters);

    /// <param name="input">The shoot, and how often to look.</param>
    /// <param name="objection">Why it is too early to look into the shoot; null if it is not.</param>
    /// <exception cref="ApplicationFailureException">Not yet, or the shoot could not be read.</exception>
    public Task<NodesReport> LookAsync(AwaitInput input, Func<ShootObservation, string?> objection) => LookAsync(input, objection, _ => (1, 1), string.Empty);

    /// <param name="input">The shoot, and how often to look.</param>
    /// <param name="count">How many of how many are done.</param>
    /// <param name="what">What is counted, for the sentence "3 of 4 … are dual-stack".</param>
    /// <exception cref="ApplicationFailureException">Not yet, or the shoot could not be read.</exception>
    public Task<NodesReport> LookAsync(AwaitInput input, Func<NodeObservation, (int Done, int Total)> count, string what) => LookAsync(input, _ => null, count, what);

    /// <param name="input">The shoot, how often to look, and whether it has to settle.</param>
    /// <param name="objection">Why it is too early; null if it is not.</param>
    /// <exception cref="ApplicationFailureException">Not yet, or the shoot could not be read.</exception>
    public Task<ShootObservation> ReadAsync(AwaitInput input, Func<ShootObservation, string?> objection)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        return ActivityFailures.TranslateAsync(async () =>
        {
            var before = await PersistentLook.BeforeAsync(context);
            var observation = ShootProjection.Project(await ReadAsync(input, before, context));
            if (input.UntilSettled && observation.Generation != before.Generation)
            {
                context.Heartbeat(before with { Silences = 0, Generation = observation.Generation });
                throw ActivityFailures.NotYet("The shoot keeps changing.", input.LookEvery);
            }

            return objection(observation) is { } why ? throw ActivityFailures.NotYet(why, input.LookEvery) : observation;
        });
    }

    private Task<NodesReport> LookAsync(
        AwaitInput input, Func<ShootObservation, string?> objection, Func<NodeObservation, (int Done, int Total)> count, string what)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        return ActivityFailures.TranslateAsync(async () =>
        {
            var before = await PersistentLook.BeforeAsync(context);
            var reading = await ReadAsync(input, before, context);
            var observation = ShootProjection.Project(reading);
            if (objection(observation) is { } why)
            {
                throw ActivityFailures.NotYet(why, input.LookEvery);
            }

            var seen = await persistent.LookAsync(context, before, reading.Shoot, input.Pools, input.LookEvery);
            var (done, total) = count(seen);
            context.Heartbeat(new LookProgress(done, total, 0));
            return !seen.Readable || (total > 0 && done == total)
                ? new NodesReport(observation, seen)
                : throw ActivityFailures.NotYet($"{done} of {total} {what} are dual-stack.", input.LookEvery);
        });
    }

    private async Task<ShootReading> ReadAsync(AwaitInput input, LookProgress before, ActivityExecutionContext context)
    {
        try
        {
            return await writer.ReadAsync(ShootIdentities.Of(input.Shoot, input.Uid), context.CancellationToken);
        }
        catch (GardenException exception) when (exception.IsTransient)
        {
            var silences = before.Silences + 1;
            context.Heartbeat(before with { Silences = silences });
            if (silences * input.LookEvery >= input.GiveUpAfter)
            {
                // Retrying is the workflow's to go on with: it tells a person, too.
                throw new ApplicationFailureException(exception.Message, errorType: ErrorTypes.GardenUnreachable, nonRetryable: true);
            }

            throw;
        }
    }
}
