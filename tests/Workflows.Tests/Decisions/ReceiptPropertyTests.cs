using System.Text.Json;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Writes;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>What holds of receipts whatever is seen, so that nothing is written twice and nothing is forgotten.</summary>
[Properties(Arbitrary = [typeof(EvidenceArbitraries)], MaxTest = 1000)]
public sealed class ReceiptPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ShootMigrationRequest Request = new() { Shoot = new ShootKey("g", "garden-test", "shop") };

    [Property]
    public bool Rollout_AnyEvidence_NeverGoesBack(RolloutReceipt receipt, AnyEvidence any)
    {
        RolloutStep[] next = receipt.Step switch
        {
            RolloutStep.Requested => Enum.GetValues<RolloutStep>(),
            RolloutStep.Taken => [RolloutStep.Taken, RolloutStep.Effective, RolloutStep.WithoutEffect],
            // Replaced by hand since, nodes are done; they are never back on the way to it.
            RolloutStep.WithoutEffect => [RolloutStep.WithoutEffect, RolloutStep.Effective],
            var final => [final],
        };
        return next.Contains(Advance(receipt, any).Step);
    }

    [Property]
    public bool Rollout_Lost_OnlyWhereItLiesNowhereAndNoNodeIsYounger(RolloutReceipt receipt, AnyEvidence any)
    {
        var moved = Advance(receipt with { Step = RolloutStep.Requested }, any);
        return moved.Step != RolloutStep.Lost
            || (any.Observation.PendingRolloutCount == 0
                && any.Observation.PendingOperation != receipt.Operation
                && any.Observation.ObservedGeneration >= receipt.Generation
                && any.Observation.LastOperation is { State: "Succeeded" }
                && any.Nodes is { Readable: true } nodes
                && !(nodes.NewestNodeAt > Now.AddMinutes(-30)));
    }

    [Property]
    public bool Rollout_NobodyLooked_IsNeverJudged(RolloutReceipt receipt, AnyEvidence any)
    {
        var requested = receipt with { Step = RolloutStep.Requested };
        return Advance(requested, any with { Nodes = null }).Step is RolloutStep.Requested or RolloutStep.Taken or RolloutStep.Effective;
    }

    [Property]
    public bool Rollout_Effective_OnlyByGardenersWordOrTheNodes(RolloutReceipt receipt, AnyEvidence any)
    {
        var moved = Advance(receipt with { Step = RolloutStep.Taken }, any);
        return moved.Step == RolloutStep.Effective
            == (any.Observation.NodesConstraint is { Status: "True" } || (any.Nodes is not null && RolloutDecision.IsDone(any.Nodes, receipt.Pools)));
    }

    [Property]
    public bool Rollout_SameEvidenceTwice_MovesItOnce(RolloutReceipt receipt, AnyEvidence any)
    {
        var once = Advance(receipt, any);
        var twice = Advance(once, any);
        return once == twice && (once.IntentId, once.Generation, once.RequestedAt, once.Operation) == (receipt.IntentId, receipt.Generation, receipt.RequestedAt, receipt.Operation);
    }

    [Property]
    public bool Write_AnswerLostAndFoundAgain_IsRememberedAsIfItHadCome(WriteKind kind, AnyEvidence any)
    {
        var state = Decided(kind, any);
        var receipt = Receipt(kind, any, WriteOutcome.Written);
        return Json(EvidenceChanges.Wrote(state, Request, receipt, Now))
            == Json(EvidenceChanges.Wrote(state, Request, receipt with { Outcome = WriteOutcome.AlreadyWritten }, Now));
    }

    [Property]
    public bool Write_NotMade_LeavesNoReceipt(WriteKind kind, AnyEvidence any, bool refused)
    {
        var state = Decided(kind, any);
        var after = EvidenceChanges.Wrote(state, Request, Receipt(kind, any, refused ? WriteOutcome.Refused : WriteOutcome.DecideAnew), Now);
        return after is { PendingIntent: null } && after.Awaited == state.Awaited && after.Rollout == state.Rollout && (after.Stuck is not null) == refused;
    }

    [Property]
    public bool Write_FailedForGood_IsKnownByItsIntentAndByNothingElse(WriteKind kind, AnyEvidence any, bool stands)
    {
        var failed = FailureChanges.Failed(Decided(kind, any), Request, ErrorTypes.AdmissionRefused, "no", Now);
        var seen = EvidenceChanges.Saw(failed, any.Observation with { ResourceVersion = "60", IntentId = stands ? "intent-7" : "intent-6" }, Now);
        var isAwaited = seen.Awaited is { IntentId: "intent-7" };
        return stands
            ? seen.PendingIntent is null && isAwaited == (kind != WriteKind.Mark) && (seen.Rollout is { IntentId: "intent-7" }) == (kind == WriteKind.Rollout)
            : seen.PendingIntent is { Id: "intent-7" } && !isAwaited;
    }

    private static RolloutReceipt Advance(RolloutReceipt receipt, AnyEvidence any) =>
        RolloutDecision.Advance(receipt, any.Observation, any.Nodes, Now.AddMinutes(-30));

    private static MigrationState Decided(WriteKind kind, AnyEvidence any) => any.State with
    {
        Intents = 7,
        PendingIntent = new WriteIntent("intent-7", kind, "u", any.Observation.Generation - 1),
    };

    private static WriteReceipt Receipt(WriteKind kind, AnyEvidence any, WriteOutcome outcome) =>
        new("intent-7", kind, outcome, any.Observation.Generation - 1, any.Observation with { IntentId = "intent-7" });

    private static string Json(MigrationState state) => JsonSerializer.Serialize(state);
}
