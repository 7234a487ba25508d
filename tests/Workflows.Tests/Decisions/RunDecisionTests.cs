using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class RunDecisionTests
{
    private static readonly DateTimeOffset Before = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Succeeded", 4, 4, RunState.Ended)]
    [InlineData("Succeeded", 5, 4, RunState.Running)]
    [InlineData("Processing", 4, 4, RunState.Running)]
    [InlineData("Error", 4, 4, RunState.Running)]
    [InlineData("Pending", 4, 3, RunState.Running)]
    [InlineData("Failed", 4, 4, RunState.Failed)]
    [InlineData("Failed", 5, 4, RunState.Running)]
    public void RunDecision_StateAndGenerations_GiveTheRun(string state, long generation, long observed, RunState expected)
    {
        var observation = Observations.Dual() with
        {
            Generation = generation,
            ObservedGeneration = observed,
            LastOperation = new RunObservation("Reconcile", state, 100, Before),
        };

        Assert.Equal(expected, RunDecision.Of(observation, null));
    }

    [Fact]
    public void RunDecision_NoOperationYet_NeverRan() =>
        Assert.Equal(RunState.NeverRan, RunDecision.Of(Observations.Dual() with { LastOperation = null }, null));

    [Fact]
    public void RunDecision_SeenBeforeTheWrite_IsNotTakenForItsEnd()
    {
        var awaited = new AwaitedRun("i", WriteKind.CniRun, 3, 4, Before, "reconcile");

        Assert.Equal(RunState.Running, RunDecision.Of(Observations.Dual("True"), awaited));
    }

    [Fact]
    public void RunDecision_GenerationDidNotMove_WaitsForALaterRun()
    {
        var awaited = new AwaitedRun("i", WriteKind.CniRun, 3, 3, Before, "reconcile");
        var old = Observations.Dual("True") with { LastOperation = new RunObservation("Reconcile", "Succeeded", 100, Before) };
        var later = old with { LastOperation = new RunObservation("Reconcile", "Succeeded", 100, Before.AddMinutes(1)) };

        Assert.Equal(RunState.Running, RunDecision.Of(old, awaited));
        Assert.Equal(RunState.Ended, RunDecision.Of(later, awaited));
    }

    [Fact]
    public void RunDecision_FamiliesUnderConfinement_AreNotWaitedFor()
    {
        var awaited = new AwaitedRun("i", WriteKind.IpFamilies, 3, 3, Before, null);
        var observation = Observations.Dual() with { Confined = true, LastOperation = new RunObservation("Reconcile", "Succeeded", 100, Before) };

        Assert.Equal(RunState.Ended, RunDecision.Of(observation, awaited));
    }
}
