using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>Decides whether the run that a write brings about has ended.</summary>
public static class RunDecision
{
    /// <summary>Decides from one observation.</summary>
    /// <param name="observation">The shoot, seen after the write.</param>
    /// <param name="awaited">The newest write; null if there was none.</param>
    /// <returns>The state of the run.</returns>
    public static RunState Of(ShootObservation observation, AwaitedRun? awaited)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.LastOperation is not { } operation)
        {
            return RunState.NeverRan;
        }

        if (operation.State == "Failed")
        {
            // A newer generation makes Gardener leave the state by itself.
            return observation.ObservedGeneration >= observation.Generation ? RunState.Failed : RunState.Running;
        }

        var ended = operation is { State: "Succeeded", Type: "Create" or "Reconcile" or "Restore", Progress: >= 100 }
            && observation.ObservedGeneration >= observation.Generation
            && (awaited is null || Covers(observation, operation, awaited));
        return ended ? RunState.Ended : RunState.Running;
    }

    private static bool Covers(ShootObservation observation, RunObservation operation, AwaitedRun awaited)
    {
        if (awaited.Generation > awaited.GenerationBefore)
        {
            return observation.ObservedGeneration >= awaited.Generation;
        }

        // Confined to the maintenance window: no run comes of the write, so there is none to wait for.
        return awaited.Kind == WriteKind.IpFamilies
            || operation.LastUpdateTime > awaited.RunEndedBefore
            || awaited.RunEndedBefore is null;
    }
}
