using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>Checks the claim that nodes were replaced against the nodes.</summary>
public static class ClaimDecision
{
    /// <summary>Gives the newest claim its verdict, if there is one and the nodes were counted after it.</summary>
    /// <param name="state">What is remembered.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Judge(MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state is not { Claim: { State: ClaimState.Recorded or ClaimState.Missing } claim } || state.NodesNeeded)
        {
            return state;
        }

        var verdict = state.Stage switch
        {
            <= MigrationStage.RollNodes when OfUnknownPool(claim, state.Observation) is { } unknown => unknown,
            < MigrationStage.RollNodes => claim with
            {
                State = ClaimState.TooEarly,
                Sentence = $"The migration is in stage {state.Stage} and not at the nodes yet: nodes that are replaced now come back single-stack. Nothing is lost; the nodes are checked when their turn comes.",
            },
            > MigrationStage.RollNodes => claim with { State = ClaimState.TooLate, Sentence = $"The nodes are done already; the migration is in stage {state.Stage}." },
            _ => Judge(claim, state.Nodes),
        };
        return state with
        {
            Claim = verdict,
            // Where Gardener does not watch the nodes and nobody can see them, a person's word is all there is.
            NodesTrusted = state.NodesTrusted || (verdict.State == ClaimState.CannotSee && state.Observation is { NodesConstraint: null }),
        };
    }

    /// <summary>The pools that a count of the nodes has to tell about, whatever else is cut from it.</summary>
    /// <param name="state">What is remembered.</param>
    /// <returns>The pools of the rollout and of a claim that has not been confirmed; empty for none in particular.</returns>
    public static IReadOnlyList<string> PoolsAskedAbout(MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var claimed = state.Claim is { State: ClaimState.Recorded or ClaimState.Missing } claim ? claim.Pools : [];
        var rolled = state.Rollout is { Step: RolloutStep.Requested or RolloutStep.Taken or RolloutStep.WithoutEffect } rollout ? rollout.Pools : [];
        return [.. rolled.Union(claimed, StringComparer.Ordinal)];
    }

    private static ClaimVerdict? OfUnknownPool(ClaimVerdict claim, ShootObservation? observation)
    {
        var known = observation is { } seen && seen.Pools.Count == seen.PoolCount ? seen.Pools : null;
        var unknown = known is null ? [] : claim.Pools.Except(known, StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? null
            : claim with
            {
                State = ClaimState.UnknownPool,
                Sentence = $"The shoot has no worker pool {string.Join(", ", unknown)}; its pools are {string.Join(", ", known!)}.",
            };
    }

    private static ClaimVerdict Judge(ClaimVerdict claim, NodeObservation? nodes)
    {
        if (nodes is not { Readable: true })
        {
            return claim with
            {
                State = ClaimState.CannotSee,
                Sentence = $"The nodes cannot be seen{(nodes?.WhyNot is { } why ? $" ({why})" : string.Empty)}; Gardener is asked to check them.",
            };
        }

        var missing = nodes.Behind(claim.Pools);
        if (missing.Count == 0 && nodes.Total > 0)
        {
            if (claim.Pools.Count > 0 && !nodes.Tells(claim.Pools))
            {
                return claim with { State = ClaimState.Missing, Missing = [], Sentence = "Not yet: too many pools are waited for to tell these apart. The migration goes on by itself when all are replaced." };
            }

            var empty = nodes.Pools.Where(pool => pool.Total == 0).Select(pool => pool.Pool).Intersect(claim.Pools, StringComparer.Ordinal).ToList();
            var without = empty.Count == 0 ? string.Empty : $"; there are none in {string.Join(", ", empty)}";
            return claim with { State = ClaimState.Confirmed, Missing = [], Sentence = $"Confirmed: {Sentences.Nodes(nodes)}{without}." };
        }

        // What was not claimed is nobody's concern here, and the names of nodes do not tell their pool.
        var concerned = claim.Pools.Count == 0 ? nodes : nodes with { Pools = missing, PoolCount = missing.Count, PoolsDone = 0, SingleStackNodes = [] };
        return claim with
        {
            State = ClaimState.Missing,
            Missing = missing,
            Sentence = nodes.Total == 0
                ? "There are no nodes, and Gardener does not count that as migrated: scale a pool up."
                : $"Not yet: {Sentences.Missing(concerned)}. The migration goes on by itself when they are replaced.",
        };
    }
}
