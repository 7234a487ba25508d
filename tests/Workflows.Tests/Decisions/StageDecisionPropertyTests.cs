using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>What holds of the stage whatever is seen and remembered.</summary>
[Properties(Arbitrary = [typeof(EvidenceArbitraries)], MaxTest = 1000)]
public sealed class StageDecisionPropertyTests
{
    [Property]
    public bool StageDecision_OneFamily_IsAlwaysTheFirstWrite(AnyEvidence any) =>
        StageDecision.Of(any.Observation with { IpFamilies = ["IPv4"] }, any.Nodes, any.State) == MigrationStage.UpdateNetworking;

    [Property]
    public bool StageDecision_TwoFamilies_NeverAsksForThemAgain(AnyEvidence any) =>
        StageDecision.Of(any.Observation with { IpFamilies = ["IPv4", "IPv6"] }, any.Nodes, any.State) > MigrationStage.UpdateNetworking;

    [Property]
    public bool StageDecision_GardenerWaitsForNodes_IsNeverPastThem(AnyEvidence any)
    {
        var waiting = any.Observation with { NodesConstraint = new ConstraintObservation("nodes", "Progressing") };
        return StageDecision.Of(waiting, any.Nodes, any.State) <= MigrationStage.RollNodes;
    }

    [Property]
    public bool StageDecision_InfrastructureSingleStackAndNoConstraintBeyond_IsNeverPastIt(AnyEvidence any)
    {
        var single = any.Observation with { NodeRanges = 1, NodesConstraint = null, DnsConstraint = null };
        return StageDecision.Of(single, any.Nodes, any.State with { DnsAtRest = null }) <= MigrationStage.ReconcileInfrastructure;
    }

    [Property]
    public bool StageDecision_Verify_ComesOnlyWhenGardenerWaitsForNothing(AnyEvidence any) =>
        StageDecision.Of(any.Observation, any.Nodes, any.State) != MigrationStage.Verify
        || (any.Observation is { IpFamilies.Count: >= 2, NodesConstraint: null }
            && DnsDecision.Of(any.Observation, any.State) is null
            && StageDecision.HasDualInfrastructure(any.Observation));

    [Property]
    public bool StageDecision_NodesThatNobodySaw_AreNeverTakenForDone(AnyEvidence any)
    {
        var silent = any.Observation with { NetworkingType = "other", NodesConstraint = null, DnsConstraint = null };
        var ignorant = any.State with
        {
            Stage = MigrationStage.RollNodes,
            SeenNodesConstraint = false,
            SeenDnsConstraint = false,
            NodesTrusted = false,
            DnsAtRest = null,
        };
        var unseen = any.Nodes is { Readable: true } nodes ? nodes with { Readable = false } : any.Nodes;
        return StageDecision.Of(silent, unseen, ignorant) <= MigrationStage.RollNodes;
    }

    [Property]
    public bool StageDecision_OneMoreNodeDone_IsNeverAStepBack(AnyEvidence any)
    {
        if (any.Nodes is not { Readable: true } nodes || nodes.Done == nodes.Total)
        {
            return true;
        }

        return StageDecision.Of(any.Observation, nodes with { Done = nodes.Done + 1 }, any.State) >= StageDecision.Of(any.Observation, nodes, any.State);
    }

    [Property]
    public bool StageDecision_WhatIsNoEvidence_DoesNotMatter(AnyEvidence any, byte noise)
    {
        var other = any.Observation with
        {
            ResourceVersion = $"{noise}",
            ServerTime = DateTimeOffset.UnixEpoch.AddDays(noise),
            IntentId = $"intent-{noise}",
            Marked = noise % 2 == 0,
            Error = $"{noise}",
            PendingOperation = noise % 3 == 0 ? "reconcile" : null,
            ConditionsNotTrue = [new ConstraintObservation("EveryNodeReady", noise % 2 == 0 ? "False" : "Progressing")],
            WorkersHash = $"{noise}",
        };
        var memory = any.State with { Reconciles = noise, Intents = noise, Sentence = $"{noise}", WakeAt = DateTimeOffset.UnixEpoch.AddDays(noise) };
        return StageDecision.Of(other, any.Nodes, memory) == StageDecision.Of(any.Observation, any.Nodes, any.State);
    }

    [Property]
    public bool Saw_TheSameTwice_ChangesNothingMore(AnyEvidence any)
    {
        var once = EvidenceChanges.Saw(any.State, any.Observation, DateTimeOffset.UnixEpoch);
        var twice = EvidenceChanges.Saw(once, any.Observation, DateTimeOffset.UnixEpoch.AddHours(1));
        return (once.Stage, once.StageSince, once.Reconciles, once.SeenDual, once.Rollout) == (twice.Stage, twice.StageSince, twice.Reconciles, twice.SeenDual, twice.Rollout);
    }

    [Property]
    public bool Saw_SomethingOlder_ChangesNothing(AnyEvidence newer, AnyEvidence older)
    {
        var state = EvidenceChanges.Saw(newer.State, newer.Observation with { ResourceVersion = "100" }, DateTimeOffset.UnixEpoch) with { LookNeeded = false };
        return EvidenceChanges.Saw(state, older.Observation with { ResourceVersion = "99" }, DateTimeOffset.UnixEpoch.AddHours(1)) == state;
    }
}
