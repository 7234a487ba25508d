using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows.Evidence;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Dualstack.Activities;

/// <summary>
/// Looks into shoots whose API may be away for a moment: only after several looks in vain, one an attempt, is it believed to be out of reach.
/// Between attempts there is neither a slot nor an event.
/// </summary>
/// <param name="clusters">Looks into shoots.</param>
internal sealed class PersistentLook(ClusterLook clusters)
{
    /// <summary>How many looks in a row have to be in vain: with half a minute between them long enough for an API server to be replaced.</summary>
    public const int MostMisses = 6;

    /// <summary>What earlier attempts of this activity saw.</summary>
    public static async Task<LookProgress> BeforeAsync(ActivityExecutionContext context) => context.Info.HeartbeatDetails.Count > 0
        ? await context.Info.HeartbeatDetailAtAsync<LookProgress>(0)
        : new LookProgress(0, 0, 0);

    /// <param name="context">The activity.</param>
    /// <param name="before">What its earlier attempts saw.</param>
    /// <param name="shoot">The shoot.</param>
    /// <param name="pools">The pools to list first.</param>
    /// <param name="lookEvery">How long to leave between two looks.</param>
    /// <exception cref="ApplicationFailureException">The API did not answer; the next attempt looks again.</exception>
    public async Task<NodeObservation> LookAsync(
        ActivityExecutionContext context, LookProgress before, Shoot shoot, IReadOnlyList<string> pools, TimeSpan lookEvery)
    {
        try
        {
            return await clusters.TryLookAsync(shoot, pools, context.CancellationToken);
        }
        catch (GardenException exception) when (exception.IsTransient)
        {
            if (before.Misses + 1 >= MostMisses)
            {
                return clusters.Unreadable(exception.Message);
            }

            context.Heartbeat(before with { Misses = before.Misses + 1, Silences = 0 });
            throw ActivityFailures.NotYet(exception.Message, exception.RetryAfter > lookEvery ? exception.RetryAfter.Value : lookEvery);
        }
    }
}
