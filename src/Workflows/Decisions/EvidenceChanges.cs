using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>What evidence does to what a migration remembers. Pure functions, so that any order of events can be tested.</summary>
public static class EvidenceChanges
{
    /// <summary>Takes in the preflight's report, and its verdict.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The migration.</param>
    /// <param name="report">The report.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Preflighted(MigrationState state, ShootMigrationRequest request, PreflightReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var verdict = PreflightRules.Judge(request.Shoot, report, request.Rollout, state.Intents > 0);
        var next = state with
        {
            Ending = verdict.Ending,
            Stuck = verdict.Blocked is { } blocked ? blocked with { BeforeFirstWrite = true, Since = now } : null,
            Unready = verdict.Unready,
            PreflightPassed = verdict.Passes,
            UnhealthyBefore =
            [
                .. report.Observation.ConditionsNotTrue.Where(condition => condition.Status != "Progressing").Select(condition => condition.Type),
            ],
            Nodes = report.Nodes,
            NodesGeneration = report.Observation.ObservedGeneration,
            NodesAtRest = RunDecision.Of(report.Observation, null) == RunState.Ended,
            NodesNeeded = false,
        };
        return Saw(next, report.Observation, now);
    }

    /// <summary>Takes in an observation. One that is older than the newest changes nothing.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Saw(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(observation);
        return IsOutdated(state, observation) ? state with { LookNeeded = false } : Settle(Noted(state, observation, now), now);
    }

    /// <summary>Takes in a look into the shoot: what it shows, and a count of nodes.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Counted(MigrationState state, NodesReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(report);
        var (observation, nodes) = report;
        var noted = IsOutdated(state, observation) ? state : Noted(state, observation, now) with { DecidedAnew = state.DecidedAnew };
        var counted = noted with
        {
            LookNeeded = false,
            Nodes = nodes,
            NodesGeneration = observation.ObservedGeneration,
            NodesAtRest = RunDecision.Of(observation, state.Awaited) == RunState.Ended,
            NodesNeeded = false,
            NewsAt = now,
        };
        return Settle(ClaimDecision.Judge(counted), now);
    }

    /// <summary>Takes in the end of the wait for CoreDNS pods.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState CoreDnsRestarted(MigrationState state, NodesReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Counted(state with { CoreDnsAwaited = true }, report, now);
    }

    /// <summary>Takes in that Gardener is at rest. Before the preflight has passed, that calls for another one.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="observation">The shoot.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Rested(MigrationState state, ShootObservation observation, DateTimeOffset now) =>
        Saw(state, observation, now) is var next && next.PreflightPassed ? next : next with { LookNeeded = true };

    /// <summary>Takes in the receipt of a write.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The migration.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Wrote(MigrationState state, ShootMigrationRequest request, WriteReceipt receipt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(receipt);
        var anew = state.DecidedAnew + 1;
        var next = receipt.IsWritten() ? Carried(state, receipt, now) : state;
        if (receipt is { Kind: WriteKind.Rollout, Outcome: WriteOutcome.DecideAnew, Unfit: true } && state.Approval is { Pools.Count: > 0 })
        {
            // What was approved cannot be asked for, now or later: only another approval helps.
            anew = 0;
            next = next with { Approval = null, WhyNotApproved = receipt.Why };
        }

        next = next with
        {
            PendingIntent = null,
            PendingPools = [],
            MarkTries = receipt.Kind == WriteKind.Mark ? state.MarkTries + 1 : state.MarkTries,
            WhyAnew = receipt.Outcome == WriteOutcome.DecideAnew ? receipt.Why : null,
            Stuck = receipt.Outcome == WriteOutcome.Refused
                ? new BlockedReasons(request.Shoot).Refused(receipt.Why ?? "no reason given", receipt.Observation) with
                {
                    Since = now,
                    BeforeFirstWrite = !state.SeenDual,
                }
                : state.Stuck,
        };
        next = Saw(next, receipt.Observation, now);
        next = next with { NodesNeeded = next.NodesNeeded || receipt is { Kind: WriteKind.Rollout, Outcome: WriteOutcome.DecideAnew } };
        return receipt.IsWritten() ? next : next with { DecidedAnew = anew };
    }

    /// <summary>Takes in that a write was stopped unanswered: a look tells whether it stands on the shoot, and nodes are counted before they are decided on again.</summary>
    /// <param name="state">What is remembered.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Stopped(MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { LookNeeded = true, NodesNeeded = state.NodesNeeded || state.Stage == MigrationStage.RollNodes };
    }

    /// <summary>The nodes, if they were counted after the newest run that is known.</summary>
    /// <param name="state">What is remembered.</param>
    /// <returns>The nodes; null if they have to be counted again.</returns>
    public static NodeObservation? FreshNodes(MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state is not { NodesNeeded: false, Observation: { ObservedGeneration: var observed } observation }
            || (!state.NodesAtRest && RunDecision.Of(observation, state.Awaited) == RunState.Ended))
        {
            return null;
        }

        // The run that our change of the families brings about replaces no node, so what was counted before it still holds. Where nothing
        // was, one look in vain is no answer.
        var onlyFamilies = state is { Nodes.Readable: true, Awaited: { Kind: WriteKind.IpFamilies } awaited }
            && observed == awaited.Generation && state.NodesGeneration == awaited.GenerationBefore;
        return state.NodesGeneration == observed || onlyFamilies ? state.Nodes : null;
    }

    private static bool IsOutdated(MigrationState state, ShootObservation observation) =>
        state.Observation is { } newest && ResourceVersions.IsOlder(observation.ResourceVersion, newest.ResourceVersion);

    private static MigrationState Noted(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        var isDual = observation.IpFamilies.Count >= 2;
        var known = Recognized(state, observation, now);
        var hasHealed = known.Stuck is { Code: BlockedCode.VerificationFailed } && Obstacles.NewlyUnhealthy(observation, known.UnhealthyBefore).Count == 0;
        return known with
        {
            Uid = state.Uid ?? observation.Uid,
            Observation = observation,
            LookNeeded = false,
            NewsAt = now,
            DecidedAnew = 0,
            RestedGeneration = observation is { LastOperation.State: "Succeeded" or "Failed" or "Aborted" } ? observation.ObservedGeneration : state.RestedGeneration,
            GardenerWatchExpired = state.GardenerWatchExpired && Unrest.Of(observation, known.Awaited) is not null,
            MarkTries = observation.Marked ? 0 : state.MarkTries,
            Stuck = hasHealed ? null : known.Stuck,
            // Whoever asked for it meant the failure that was there.
            RetryFailedRun = known.RetryFailedRun && RunDecision.Of(observation, known.Awaited) == RunState.Failed,
            SeenDual = known.SeenDual || (isDual && known.PreflightPassed),
            SeenNodesConstraint = state.SeenNodesConstraint || (isDual && observation.NodesConstraint is not null),
            SeenDnsConstraint = state.SeenDnsConstraint || (isDual && DnsDecision.Of(observation, known) is not null),
            DnsAtRest = DnsDecision.AtRest(observation, known),
            Since = Lasting.Track(known, observation, now),
        };
    }

    // A write that failed for good after its answer was lost is known by its intent on the shoot.
    private static MigrationState Recognized(MigrationState state, ShootObservation observation, DateTimeOffset now) =>
        state.PendingIntent is { } intent && observation.IntentId == intent.Id
            ? Carried(
                state,
                new WriteReceipt(intent.Id, intent.Kind, WriteOutcome.AlreadyWritten, intent.Generation, observation) { Operation = observation.PendingOperation },
                now) with
            { PendingIntent = null, PendingPools = [] }
            : state;

    private static MigrationState Carried(MigrationState state, WriteReceipt receipt, DateTimeOffset now)
    {
        if (receipt.Kind == WriteKind.Mark)
        {
            return state;
        }

        var generation = receipt.Observation.Generation;
        var awaited = new AwaitedRun(
            receipt.IntentId, receipt.Kind, receipt.GenerationBefore, generation, state.PendingIntent?.RunEndedBefore, receipt.Operation);
        var next = state with { Awaited = awaited };
        return receipt.Kind switch
        {
            WriteKind.IpFamilies => next with { SeenDual = true },
            WriteKind.RetryFailedRun => next with { RetryFailedRun = false },
            WriteKind.Rollout => next with
            {
                Approval = null,
                RolloutApproval = state.Approval,
                NewestNodeBefore = state.Nodes?.NewestNodeAt,
                NodesWatchExpired = false,
                Rollout = new RolloutReceipt(receipt.IntentId, RolloutStep.Requested, receipt.Observation.ServerTime ?? now, generation)
                {
                    // As asked for: empty for all. The receipt's own list is cut.
                    Pools = state.PendingPools,
                    Operation = receipt.Operation,
                },
            },
            WriteKind.ControlPlaneRun => next with { ControlPlaneRunAsked = true, Reconciles = state.Reconciles + 1 },
            WriteKind.CoreDnsRun => next with { CoreDnsRunAsked = true, CoreDnsAwaited = false, Reconciles = state.Reconciles + 1 },
            WriteKind.NodeCheckRun => next with { ClaimActedOn = true, Reconciles = state.Reconciles + 1 },
            _ => next with { Reconciles = state.Reconciles + 1 },
        };
    }

    // Stage and rollout follow from evidence; recomputed whenever there is new evidence.
    private static MigrationState Settle(MigrationState state, DateTimeOffset now)
    {
        if (state is not { Observation: { } observation, PreflightPassed: true })
        {
            return state;
        }

        var nodes = FreshNodes(state);
        if (state.Rollout is { } receipt)
        {
            var moved = RolloutDecision.Advance(receipt, observation, nodes, state.NewestNodeBefore);
            var lost = moved.Step == RolloutStep.Lost && receipt.Step != RolloutStep.Lost;
            state = state with { Rollout = moved, Approval = lost ? state.Approval ?? state.RolloutApproval : state.Approval };
        }

        if (nodes is null && StageDecision.DependsOnNodes(observation, state))
        {
            var told = (state.SeenNodesConstraint || state.SeenDnsConstraint) && StageDecision.TellsAboutDns(observation);
            if (!told)
            {
                return state with { NodesNeeded = true };
            }
        }

        var stage = StageDecision.Of(observation, nodes, state);
        return stage == state.Stage
            ? state
            : state with
            {
                Stage = stage,
                StageSince = now,
                Reconciles = 0,
                CoreDnsAwaited = false,
                NodesWatchExpired = false,
                QuietLooks = 0,
                ReachedNodes = state.ReachedNodes || stage == MigrationStage.RollNodes,
                WhyNotApproved = null,
                Stuck = state.Stuck is { Code: BlockedCode.NodesStuck or BlockedCode.CoreDnsStuck or BlockedCode.VerificationFailed } ? null : state.Stuck,
                Since = Lasting.Without(state.Since, Lasting.Unhealthy),
            };
    }
}
