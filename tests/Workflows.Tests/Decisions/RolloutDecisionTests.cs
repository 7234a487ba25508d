using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Writes;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class RolloutDecisionTests
{
    private const string Operation = "rollout-workers=*";
    private static readonly DateTimeOffset Asked = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RolloutReceipt Requested = new("i", RolloutStep.Requested, Asked, 4) { Operation = Operation };
    private static readonly ShootObservation After = Observations.Dual("Progressing") with { Generation = 4, ObservedGeneration = 4 };
    private static readonly NodeObservation OldNodes = Observations.Nodes(0, 2) with { NewestNodeAt = Asked.AddDays(-1) };
    private static readonly NodeObservation YoungNodes = Observations.Nodes(0, 2) with { NewestNodeAt = Asked.AddMinutes(1) };

    public static TheoryData<string, RolloutReceipt, ShootObservation, NodeObservation?, RolloutStep> Table { get; } = new()
    {
        { "not taken yet", Requested, After.Running() with { ObservedGeneration = 3, PendingOperation = Operation }, null, RolloutStep.Requested },
        { "taken", Requested, After.Running() with { PendingRolloutCount = 2 }, null, RolloutStep.Taken },
        { "vanished, the run goes on", Requested, After.Running(), null, RolloutStep.Requested },
        { "vanished, run ended, nobody has looked", Requested, After, null, RolloutStep.Requested },
        { "lost", Requested, After, OldNodes, RolloutStep.Lost },
        { "taken unseen, nodes young but single-stack", Requested, After, YoungNodes, RolloutStep.WithoutEffect },
        { "vanished and nobody can look", Requested, After, Observations.Unreadable(), RolloutStep.WithoutEffect },
        { "effective by Gardener's word", Requested, Observations.Dual("True"), null, RolloutStep.Effective },
        { "effective by the nodes", Requested with { Step = RolloutStep.Taken }, After.Running(), Observations.Nodes(2, 2), RolloutStep.Effective },
        { "still rolling, run in Error", Requested with { Step = RolloutStep.Taken }, After.Running("Error") with { PendingRolloutCount = 1 }, YoungNodes, RolloutStep.Taken },
        { "ended without effect", Requested with { Step = RolloutStep.Taken }, After, YoungNodes, RolloutStep.WithoutEffect },
        { "without effect stays so", Requested with { Step = RolloutStep.WithoutEffect }, After, OldNodes, RolloutStep.WithoutEffect },
        { "without effect, nodes replaced by hand since", Requested with { Step = RolloutStep.WithoutEffect }, After, Observations.Nodes(2, 2), RolloutStep.Effective },
        { "without effect, and Gardener says the nodes are done", Requested with { Step = RolloutStep.WithoutEffect }, Observations.Dual("True"), null, RolloutStep.Effective },
        { "lost stays lost", Requested with { Step = RolloutStep.Lost }, After, Observations.Nodes(2, 2), RolloutStep.Lost },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void RolloutDecision_Evidence_MovesTheReceipt(
        string name, RolloutReceipt receipt, ShootObservation observation, NodeObservation? nodes, RolloutStep expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, RolloutDecision.Advance(receipt, observation, nodes, Asked.AddDays(-1)).Step);
    }

    [Property(MaxTest = 500)]
    public bool RolloutDecision_OnceTaken_IsNeverLost(bool running, int pending, bool annotated, bool readable, bool young, byte done)
    {
        var observation = (running ? After.Running() : After) with
        {
            PendingRolloutCount = Math.Abs(pending % 3),
            PendingOperation = annotated ? Operation : null,
        };
        var nodes = readable ? (young ? YoungNodes : OldNodes) with { Done = done % 3 } : Observations.Unreadable();

        return RolloutDecision.Advance(Requested with { Step = RolloutStep.Taken }, observation, nodes, Asked.AddDays(-1)).Step != RolloutStep.Lost;
    }
}
