using System.Globalization;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>What keeps a migration waiting and passes by itself.</summary>
public static class Unrest
{
    /// <summary>Says what of it lasts.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="awaited">The newest write; null if there was none.</param>
    /// <returns>One sentence; null if nothing does, or if a person is needed.</returns>
    public static string? Of(ShootObservation observation, AwaitedRun? awaited)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation is { Deleting: true })
        {
            return null;
        }

        return BeforeAnyRun(observation) ?? RunDecision.Of(observation, awaited) switch
        {
            _ when observation is { HibernationEnabled: true } => null,
            RunState.Failed => Obstacles.IsRateLimited(observation) ? "The cloud provider limits the rate." : null,
            RunState.Ended => observation.PendingOperation is { } operation ? $"The operation {operation} waits on the shoot." : null,
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"Gardener works on the shoot: {observation.LastOperation?.Type} {observation.LastOperation?.State} {observation.LastOperation?.Progress} %."),
        };
    }

    /// <summary>Says what of it makes it too early even for a look whether the shoot can be migrated.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>One sentence; null if nothing does, or if a person is needed.</returns>
    public static string? BeforeAnyRun(ShootObservation observation) => observation switch
    {
        { LastOperation: null } or { LastOperation: { Type: "Create", State: not "Succeeded" and not "Failed" } } => "Gardener has not finished creating the shoot.",
        _ when Obstacles.IsMovingSeeds(observation) => "The control plane is moving to another seed.",
        { HibernationEnabled: false, Hibernated: true } => "The shoot is waking up.",
        _ => null,
    };

    /// <summary>
    /// Whether the observer tells of the end. It follows marked shoots only, and a run that ends as the one before did, with the same
    /// generation, looks to it as if there had been none.
    /// </summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>False where nobody tells unless asked.</returns>
    public static bool IsTold(ShootObservation observation, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(state);
        // A mark that is there before our first write was left by another migration.
        if (observation is not { Marked: true } || state.Intents == 0 || Obstacles.IsMovingSeeds(observation))
        {
            return false;
        }

        return observation.ObservedGeneration < observation.Generation
            || !(state.RestedGeneration >= observation.ObservedGeneration)
            || RunDecision.Of(observation, state.Awaited) is RunState.Ended or RunState.Failed;
    }
}
