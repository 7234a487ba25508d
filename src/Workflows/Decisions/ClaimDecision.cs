using Dualstack.Workflows.Evidence;

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
            < MigrationStage.RollNodes => claim with
            {
                State = ClaimState.TooEarly,
                Sentence = $"The migration is in stage {state.Stage} and not at the nodes yet: nodes that are replaced now come back single-stack. Nothing is lost; the nodes are checked when their turn comes.",
            },
            > MigrationStage.RollNodes => claim with { State = ClaimState.TooLate, Sentence = $"The nodes are done already; the migration is in stage {state.Stage}." },
            _ => Judge(claim, state.Observation, state.Nodes),
        };
        return state with
        {
            Claim = verdict,
            // Where Gardener does not watch the nodes and nobody can see them, a person's word is all there is.
            NodesTrusted = state.NodesTrusted || (verdict.State == ClaimState.CannotSee && state.Observation is { NodesConstraint: null }),
        };
    }

    private static ClaimVerdict Judge(ClaimVerdict claim, ShootObservation? observation, NodeObservation? nodes)
    {
        var known = observation is { } seen && seen.Pools.Count == seen.PoolCount ? seen.Pools : null;
        var unknown = known is null ? [] : claim.Pools.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return claim with
            {
                State = ClaimState.UnknownPool,
                Sentence = $"The shoot has no worker pool {string.Join(", ", unknown)}; its pools are {string.Join(", ", known!)}.",
            };
        }

        if (nodes is not { Readable: true })
        {
            return claim with
            {
                State = ClaimState.CannotSee,
                Sentence = $"The nodes cannot be seen{(nodes?.WhyNot is { } why ? $" ({why})" : string.Empty)}; Gardener is asked to check them.",
            };
        }

        var missing = nodes.Pools
            .Where(pool => pool.Done < pool.Total && (claim.Pools.Count == 0 || claim.Pools.Contains(pool.Pool, StringComparer.Ordinal)))
            .ToList();
        if (missing.Count == 0 && nodes.Total > 0)
        {
            return claim with { State = ClaimState.Confirmed, Missing = [], Sentence = $"Confirmed: {Sentences.Nodes(nodes)}." };
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
