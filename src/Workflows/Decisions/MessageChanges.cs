namespace Dualstack.Workflows.Decisions;

/// <summary>What messages do to what a migration remembers. A request id that was recorded before changes nothing.</summary>
public static class MessageChanges
{
    private const int RequestLimit = 200;

    /// <summary>Whether a request was recorded before.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="requestId">Its id.</param>
    /// <returns>True if it was.</returns>
    public static bool IsKnown(MigrationState state, string requestId)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.SeenRequests.Contains(requestId, StringComparer.Ordinal);
    }

    /// <summary>Records a claim that nodes were replaced.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="claim">The claim.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Claimed(MigrationState state, ClaimVerdict claim)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(claim);
        if (IsKnown(state, claim.RequestId))
        {
            return state;
        }

        var recorded = Remember(state, claim.RequestId) with
        {
            Claim = claim,
            ClaimActedOn = false,
            NodesWatchExpired = false,
            Stuck = state.Stuck is { Code: BlockedCode.NodesStuck } ? null : state.Stuck,
        };
        return state.Stage == MigrationStage.RollNodes
            ? recorded with { NodesNeeded = true }
            : ClaimDecision.Judge(recorded with { NodesNeeded = false }) with { NodesNeeded = state.NodesNeeded };
    }

    /// <summary>Records an approval. Shoot and nodes are looked at afresh before it is used.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The approval.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Approved(MigrationState state, OperatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return TakenUp(Remember(state, request.RequestId), $"Approved by {request.By}; the shoot is looked at.") with
        {
            Approval = request with { Pools = [.. request.Pools.Distinct(StringComparer.Ordinal)] },
            WhyNotApproved = null,
            LookNeeded = true,
            NodesNeeded = true,
            Since = Lasting.Without(state.Since, Lasting.Unhealthy),
        };
    }

    /// <summary>Records a pause.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">Who pauses and why.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Paused(MigrationState state, OperatorRequest request) => Remember(state, request.RequestId) with { Paused = request };

    /// <summary>Records the end of a pause. The shoot is looked at afresh.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">Who resumes and why.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Resumed(MigrationState state, OperatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return TakenUp(Remember(state, request.RequestId), $"Resumed by {request.By}; the shoot is looked at.") with
        {
            Paused = null,
            LookNeeded = true,
            PreflightPassed = PreflightHolds(state),
            // Nodes that were replaced during the pause must not be replaced again on an approval from before it.
            NodesNeeded = state.NodesNeeded || state is { Stage: MigrationStage.RollNodes, Approval: not null },
        };
    }

    /// <summary>Records that what blocks is to be tried again: limits and receipts that block are lifted, and all is looked at afresh.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">Who asks and why.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Retried(MigrationState state, OperatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        var spent = state.Rollout is { Step: Writes.RolloutStep.WithoutEffect };
        return TakenUp(Remember(state, request.RequestId), $"Tried again, as asked by {request.By}; the shoot is looked at.") with
        {
            Stuck = null,
            PreflightPassed = PreflightHolds(state),
            LookNeeded = true,
            NodesNeeded = true,
            Reconciles = 0,
            DecidedAnew = 0,
            WhyAnew = null,
            MarkTries = 0,
            CoreDnsAwaited = false,
            NodesWatchExpired = false,
            RetryFailedRun = state.Observation is { LastOperation.State: "Failed" },
            Rollout = spent ? null : state.Rollout,
            Since = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal),
        };
    }

    /// <summary>Records who cancels.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">Who cancels and why.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState CancelExplained(MigrationState state, OperatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { CancelReason = request };
    }

    // Before the first write a shoot can change in any way while nobody looks.
    private static bool PreflightHolds(MigrationState state) => state is { PreflightPassed: true, SeenDual: true };

    // Whoever asks for the status right after the request must not be told what was true before it, unless it still is.
    private static MigrationState TakenUp(MigrationState state, string sentence) => state.Hindered is not null
        ? state
        : state with
        {
            WaitingFor = WaitingFor.Nothing,
            Sentence = sentence,
            NextCommand = null,
            Blocked = null,
        };

    private static MigrationState Remember(MigrationState state, string requestId)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { SeenRequests = [.. state.SeenRequests.Append(requestId).TakeLast(RequestLimit)] };
    }
}
