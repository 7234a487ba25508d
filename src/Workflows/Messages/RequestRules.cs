using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows;

/// <summary>Which updates a migration accepts. An update that was recorded before is accepted again, and changes nothing.</summary>
public static class RequestRules
{
    private const int TextLimit = 1000;
    private const int PoolLimit = 200;

    /// <summary>Why a request of any kind is not accepted.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The request.</param>
    /// <returns>One sentence; null if it is accepted.</returns>
    public static string? Objection(MigrationState state, OperatorRequest? request)
    {
        ArgumentNullException.ThrowIfNull(state);
        return request switch
        {
            null => "The request is empty: it needs RequestId, By and Reason.",
            _ when string.IsNullOrWhiteSpace(request.RequestId) => "The request has no RequestId, so that it could not be told from its repetition.",
            _ when state.SeenRequests.Contains(request.RequestId, StringComparer.Ordinal) => null,
            _ when string.IsNullOrWhiteSpace(request.By) => "The request does not say who asks (By).",
            _ when string.IsNullOrWhiteSpace(request.Reason) => "The request gives no Reason.",
            _ when request.RequestId.Length > TextLimit || request.By.Length > TextLimit || request.Reason.Length > TextLimit =>
                $"RequestId, By and Reason may have at most {TextLimit} characters.",
            _ when request.Pools.Count > PoolLimit || request.Pools.Any(pool => string.IsNullOrWhiteSpace(pool) || pool.Length > TextLimit) =>
                $"Pools must name worker pools, {PoolLimit} at most; leave it out for all of them.",
            _ when state.Ending is { } ending => $"The migration has ended: {ending.Sentence}",
            _ when state.Leaving => "The migration is being cancelled; start another one with \"dualstack migrate\" once it has ended.",
            _ => null,
        };
    }

    /// <summary>Why an approval is not accepted.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="mode">Who replaces the nodes.</param>
    /// <param name="request">The request.</param>
    /// <returns>One sentence; null if it is accepted.</returns>
    public static string? ObjectionToApproval(MigrationState state, RolloutMode mode, OperatorRequest? request)
    {
        if (Objection(state, request) is { } objection)
        {
            return objection;
        }

        if (state.SeenRequests.Contains(request!.RequestId, StringComparer.Ordinal))
        {
            return null;
        }

        return state switch
        {
            _ when mode != RolloutMode.OnApproval =>
                "The nodes are replaced by hand in this migration, so there is nothing to approve; say when they are with \"dualstack nodes done\".",
            { Stage: < MigrationStage.RollNodes } => $"The migration is in stage {state.Stage} and does not ask for an approval yet.",
            { Stage: > MigrationStage.RollNodes } => "The nodes are done already; there is nothing left to approve.",
            { Rollout: { Step: RolloutStep.Requested or RolloutStep.Taken } } => "The rollout is asked for already; another one would replace the nodes twice.",
            _ => ObjectionToPools(state, request.Pools),
        };
    }

    private static string? ObjectionToPools(MigrationState state, IReadOnlyList<string> pools)
    {
        if (state.Observation is not { } observation || observation.Pools.Count < observation.PoolCount)
        {
            return null;
        }

        var unknown = pools.Except(observation.Pools, StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? null
            : $"The shoot has no worker pool {string.Join(", ", unknown)}; its pools are {string.Join(", ", observation.Pools)}.";
    }
}
