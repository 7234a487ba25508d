using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>What a retry and the end of a pause lead to.</summary>
public sealed class RetryDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ShootMigrationRequest Migration = new() { Shoot = new ShootKey("g", "garden-test", "shop") };
    private static readonly OperatorRequest Asked = new() { RequestId = "r", By = "ann", Reason = "fixed" };
    private static readonly ShootObservation Failed = Observations.SingleStack().Running("Failed");

    [Fact]
    public void Retry_ShootThatFailedBeforeTheMigration_AsksGardenerWaitsForTheRunAndMigrates()
    {
        var garden = new ScriptedGarden().AlreadyFailed("ERR_CONFIGURATION_PROBLEM");
        var blocked = new List<BlockedReason>();
        var waits = new List<string>();
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            AtWait = (migration, wait) =>
            {
                waits.Add(wait.Sentence);
                if (wait.Blocked is { } reason)
                {
                    blocked.Add(reason);
                    migration.Change(state => MessageChanges.Retried(state, Asked with { RequestId = $"r{blocked.Count}" }));
                }
                else if (wait.For == WaitingFor.Operator && garden.Rollouts == 0)
                {
                    garden.AnnotateByHand("rollout-workers=*");
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal((BlockedCode.ShootFailed, MigrationStage.Preflight), (Assert.Single(blocked).Code, driver.Stages[0]));
        Assert.Equal([WriteKind.RetryFailedRun, WriteKind.IpFamilies], garden.Audit.Take(2));
        Assert.Contains("Gardener tries again what failed.", waits);
    }

    [Fact]
    public void Retry_FailsAgainBeforeTheMigration_AsksAPersonAgain()
    {
        var garden = new ScriptedGarden().AlreadyFailed("ERR_CONFIGURATION_PROBLEM");
        var retries = 0;
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            AtWait = (migration, wait) =>
            {
                garden.FailNextRunWith = "ERR_CONFIGURATION_PROBLEM";
                if (wait.Blocked is not null && retries++ == 0)
                {
                    migration.Change(state => MessageChanges.Retried(state, Asked));
                }
            },
        };

        Assert.Throws<TimeoutException>(() => driver.Run(200));

        Assert.Equal(BlockedCode.ShootFailed, driver.State.Blocked?.Code);
        Assert.Equal([WriteKind.RetryFailedRun], garden.Audit);
    }

    [Fact]
    public void Retry_ShootHealedMeanwhile_ALaterFailureIsNotRetriedUnasked()
    {
        var state = new MigrationState { PreflightPassed = true, SeenDual = true, Stage = MigrationStage.ConfigureCni };
        var healthy = Observations.Dual("True") with { Marked = true };
        state = EvidenceChanges.Saw(state, healthy.Running("Failed"), Now);
        state = MessageChanges.Retried(state, Asked);
        state = EvidenceChanges.Saw(state, healthy with { ResourceVersion = "8" }, Now);
        state = EvidenceChanges.Saw(state, healthy.Running("Failed") with { ResourceVersion = "9" }, Now);

        var wait = Assert.IsType<NextStep.Wait>(new MigrationPlanner(Migration).Next(state, Now));

        Assert.Equal(BlockedCode.ShootFailed, wait.Blocked?.Code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Preflight_ShootTurnsOutDone_SaysThatNothingWasWrittenOnlyWhereThatIsTrue(int intents, bool expected)
    {
        var report = new PreflightReport(Observations.Dual(), null, Observations.Nodes(2, 2, 2, 2));

        var state = EvidenceChanges.Preflighted(new MigrationState { Intents = intents }, Migration, report, Now);

        Assert.Equal(MigrationOutcome.NotApplicable, state.Ending!.Outcome);
        Assert.Equal(expected, state.Ending.Sentence.Contains("nothing was written", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Retry_SomebodysOperationLiesOnTheFailedShoot_IsLeftThereAndSaid(bool preflightPassed)
    {
        var observation = Failed with { PendingOperation = "rotate-ca-start" };
        var state = EvidenceChanges.Saw(new MigrationState { PreflightPassed = preflightPassed }, observation, Now);
        state = EvidenceChanges.Saw(MessageChanges.Retried(state, Asked) with { PreflightPassed = preflightPassed }, observation, Now);

        var wait = Assert.IsType<NextStep.Wait>(new MigrationPlanner(Migration).Next(state, Now));

        Assert.Equal((BlockedCode.ForeignOperation, "gardener.cloud/operation: rotate-ca-start"), (wait.Blocked?.Code, wait.Blocked?.Evidence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ResumeOrRetry_BeforeTheFirstWrite_AsksThePreconditionsAgain(bool isResumed)
    {
        var state = EvidenceChanges.Preflighted(new MigrationState(), Migration, Report(Observations.SingleStack()), Now);
        Assert.True(state.PreflightPassed);

        state = isResumed ? MessageChanges.Resumed(MessageChanges.Paused(state, Asked), Asked with { RequestId = "s" }) : MessageChanges.Retried(state, Asked);
        Assert.IsType<NextStep.Preflight>(new MigrationPlanner(Migration).Next(state, Now));

        state = EvidenceChanges.Preflighted(state, Migration, Report(Observations.SingleStack() with { Overlay = OverlaySetting.On }), Now);
        var wait = Assert.IsType<NextStep.Wait>(new MigrationPlanner(Migration).Next(state, Now));
        Assert.Equal(BlockedCode.OverlayNetwork, wait.Blocked?.Code);
    }

    [Fact]
    public void ResumeAndRetry_AfterTheFirstWrite_DoNotAskThemAgain()
    {
        var state = new MigrationState { PreflightPassed = true, SeenDual = true };

        Assert.True(MessageChanges.Resumed(state, Asked).PreflightPassed);
        Assert.True(MessageChanges.Retried(state, Asked).PreflightPassed);
    }

    private static PreflightReport Report(ShootObservation observation) => new(observation, null, Observations.Nodes(0, 2));
}
