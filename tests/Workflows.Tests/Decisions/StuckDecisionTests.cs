using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Tests.Garden;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>What was given up on, and is shown to be done after all.</summary>
public sealed class StuckDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ShootMigrationRequest Migration = new() { Shoot = new ShootKey("g", "garden-test", "shop") };

    public static TheoryData<string, MigrationState, ShootObservation, MigrationStage> Settled { get; } = new()
    {
        {
            "the nodes took longer than a day, and Gardener says they are done",
            Stuck(BackgroundLook.Nodes, Observations.Dual("Progressing")), Observations.Dual("True"), MigrationStage.ConfigureCni
        },
        {
            "CoreDNS took longer than half an hour, and Gardener says it is done",
            Stuck(BackgroundLook.CoreDns, Observations.Dual(dns: "Progressing")), Observations.Dual(dns: "True"), MigrationStage.SwitchKubeDns
        },
        {
            "health was bad before the nodes, which somebody has replaced",
            Stuck(BackgroundLook.Health, Unhealthy(Observations.Dual("Progressing"))), Unhealthy(Observations.Dual("True")), MigrationStage.ConfigureCni
        },
        {
            "health is good again",
            Stuck(BackgroundLook.Health, Unhealthy(Observations.Dual("Progressing"))), Observations.Dual("Progressing"), MigrationStage.RollNodes
        },
    };

    [Theory]
    [MemberData(nameof(Settled))]
    public void Stuck_EvidenceSettlesIt_GoesOnAtOnce(string name, MigrationState state, ShootObservation observation, MigrationStage stage)
    {
        Assert.NotEmpty(name);
        Assert.NotNull(state.Stuck);

        var seen = EvidenceChanges.Saw(state, observation with { ResourceVersion = "8" }, Now);

        Assert.Equal((stage, null), (seen.Stage, seen.Stuck));
    }

    [Fact]
    public void Stuck_RefusedByGardener_StaysWhateverIsSeen()
    {
        var state = FailureChanges.Failed(Before(Observations.Dual("Progressing")), Migration, ErrorTypes.AdmissionRefused, "no", Now);

        Assert.NotNull(EvidenceChanges.Saw(state, Observations.Dual("True") with { ResourceVersion = "8" }, Now).Stuck);
    }

    [Fact]
    public void Stuck_NodesSaidToBeDone_AreCounted()
    {
        var state = Stuck(BackgroundLook.Nodes, Observations.Dual("Progressing"));

        var claimed = MessageChanges.Claimed(state, new ClaimVerdict { RequestId = "c", ClaimedAt = Now });

        Assert.IsType<NextStep.CountNodes>(new MigrationPlanner(Migration).Next(claimed, Now));
    }

    [Fact]
    public void WithoutEffect_NodesReplacedByHandAfterwards_GoesOnAndNeverRollsAgain()
    {
        var garden = new ScriptedGarden { NewNodesAreSingleStack = true };
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    migration.Change(state => MessageChanges.Approved(state, new OperatorRequest { RequestId = "a", By = "ann", Reason = "window" }));
                }
                else if (wait.Blocked is { Code: BlockedCode.RolloutWithoutEffect } && garden.NewNodesAreSingleStack)
                {
                    garden.NewNodesAreSingleStack = false;
                    garden.Replace("a", migration.Now);
                    garden.Replace("b", migration.Now);
                    migration.Change(state => MessageChanges.Claimed(state, new ClaimVerdict { RequestId = "c", ClaimedAt = migration.Now }));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal((false, 1, ClaimState.Confirmed), (garden.NewNodesAreSingleStack, garden.Rollouts, driver.State.Claim?.State));
    }

    private static MigrationState Stuck(BackgroundLook look, ShootObservation observation)
    {
        var waitingFor = look switch
        {
            BackgroundLook.Nodes => WaitingFor.Nodes,
            BackgroundLook.CoreDns => WaitingFor.CoreDns,
            _ => WaitingFor.Gardener,
        };
        // Seen once more, because entering a stage forgets since when health was bad.
        var waits = EvidenceChanges.Saw(Before(observation), observation, Now) with { WaitingFor = waitingFor };
        return FailureChanges.LookedInVain(waits, Migration, look, Now + Migration.Settings.HealthGrace);
    }

    private static MigrationState Before(ShootObservation observation) => EvidenceChanges.Saw(
        new MigrationState { PreflightPassed = true, SeenDual = true, ReachedNodes = true, Nodes = Observations.Nodes(1, 2) }, observation, Now);

    private static ShootObservation Unhealthy(ShootObservation observation) =>
        observation with { ConditionsNotTrue = [new ConstraintObservation("SystemComponentsHealthy", "False")] };
}
