using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>
/// Moves the receipt of a rollout on: requested, taken, effective. Where what is seen leaves room for doubt, it decides against
/// "lost", since a rollout asked for twice replaces every node twice.
/// </summary>
public static class RolloutDecision
{
    /// <summary>Decides on the receipt's next step.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="observation">The shoot, seen after the request.</param>
    /// <param name="nodes">The nodes, counted after the newest run that the observation shows; null if nobody has looked since.</param>
    /// <param name="newestNodeBefore">When the newest node was created before the request; null if unknown or there was none.</param>
    /// <returns>The receipt, moved on or not.</returns>
    public static RolloutReceipt Advance(
        RolloutReceipt receipt, ShootObservation observation, NodeObservation? nodes, DateTimeOffset? newestNodeBefore)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(observation);
        if (receipt.Step is RolloutStep.Effective or RolloutStep.Lost)
        {
            return receipt;
        }

        // Nodes that stayed single-stack may have been replaced by hand since.
        if (observation.NodesConstraint is { Status: "True" } || (nodes is not null && IsDone(nodes, receipt.Pools)))
        {
            return receipt with { Step = RolloutStep.Effective, EffectiveAt = nodes?.At ?? observation.ServerTime };
        }

        return receipt.Step switch
        {
            RolloutStep.Requested => WhileRequested(receipt, observation, nodes, newestNodeBefore),
            RolloutStep.Taken => WhileTaken(receipt, observation, nodes),
            _ => receipt,
        };
    }

    /// <summary>Whether the nodes of some pools are dual-stack.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="pools">The pools; empty for all.</param>
    /// <returns>False also where nothing could be read.</returns>
    public static bool IsDone(NodeObservation nodes, IReadOnlyList<string> pools)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(pools);
        return nodes.Readable && nodes.Total > 0 && pools.Count > 0 ? nodes.Tells(pools) && nodes.Behind(pools).Count == 0 : nodes.AllDual();
    }

    private static RolloutReceipt WhileRequested(
        RolloutReceipt receipt, ShootObservation observation, NodeObservation? nodes, DateTimeOffset? newestNodeBefore)
    {
        // None was pending when it was asked for, so any that is now came of it, or serves as well.
        if (observation.PendingRolloutCount > 0)
        {
            return receipt with { Step = RolloutStep.Taken, TakenAt = observation.NewestRolloutAt ?? observation.ServerTime };
        }

        if (observation.PendingOperation == receipt.Operation && receipt.Operation is not null)
        {
            return receipt;
        }

        if (!HasEndedSince(receipt, observation) || nodes is null)
        {
            return receipt;
        }

        if (!nodes.Readable)
        {
            return receipt with { Step = RolloutStep.WithoutEffect };
        }

        var younger = nodes.NewestNodeAt is { } newest && (newestNodeBefore is null || newest > newestNodeBefore);
        return younger
            ? WhileTaken(receipt with { Step = RolloutStep.Taken, TakenAt = null }, observation, nodes)
            : receipt with { Step = RolloutStep.Lost };
    }

    private static RolloutReceipt WhileTaken(RolloutReceipt receipt, ShootObservation observation, NodeObservation? nodes) =>
        observation.PendingRolloutCount == 0 && HasEndedSince(receipt, observation) && nodes is not null
            ? receipt with { Step = RolloutStep.WithoutEffect }
            : receipt;

    private static bool HasEndedSince(RolloutReceipt receipt, ShootObservation observation) =>
        observation.ObservedGeneration >= receipt.Generation && RunDecision.Of(observation, null) == RunState.Ended;
}
