using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class MigrationDecisionTests
{
    [Fact]
    public void Decisions_ByHand_PassEveryStageInOrder()
    {
        var driver = new MigrationDriver(new ScriptedGarden(), RolloutMode.Manual) { AtWait = RollOnce };

        var ending = driver.Run();

        Assert.Equal(MigrationOutcome.Succeeded, ending.Outcome);
        Assert.Equal(
            [
                MigrationStage.Preflight, MigrationStage.UpdateNetworking, MigrationStage.ReconcileInfrastructure, MigrationStage.RollNodes,
                MigrationStage.ConfigureCni, MigrationStage.RestartCoreDns, MigrationStage.SwitchKubeDns, MigrationStage.Verify,
            ],
            driver.Stages);
    }

    [Property(MaxTest = 300)]
    public void Decisions_AnyHintsLostAndOperationsOverwritten_EndDualWithOneEffectiveRollout(int seed)
    {
        var random = new Random(seed);
        var garden = new ScriptedGarden(random.Next(1, 4), "a", "b", "c");
        var overwritten = 0;
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            HintArrives = () => random.Next(3) > 0,
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval && random.Next(2) == 0)
                {
                    migration.Change(state => MessageChanges.Approved(state, Request($"a{random.Next()}")));
                }

                // Maintenance sets its own operation over ours before Gardener has taken ours.
                garden.Holds = random.Next(2) == 0;
                if (garden.Operation is not null && !garden.IsRunning && overwritten < 2 && random.Next(2) == 0)
                {
                    overwritten++;
                    garden.Operation = null;
                }
            },
        };

        var ending = driver.Run();

        Assert.Equal(MigrationOutcome.Succeeded, ending.Outcome);
        Assert.True(garden.Rollouts <= 1, $"{garden.Rollouts} rollouts");
        Assert.Single(garden.Audit, kind => kind == WriteKind.IpFamilies);
        Assert.True(garden.Audit.Count(kind => kind == WriteKind.Rollout) <= 1 + overwritten);
    }

    [Property(MaxTest = 200)]
    public void Decisions_PoolsApprovedOneByOne_RollEachOnce(int seed)
    {
        var random = new Random(seed);
        var garden = new ScriptedGarden(2, "a", "b", "c");
        var left = new Stack<string>(garden.Pools);
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            HintArrives = () => random.Next(3) > 0,
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    var pool = left.Pop();
                    migration.Change(state => MessageChanges.Approved(state, Request(pool) with { Pools = [pool] }));
                }
                else if (wait.For == WaitingFor.Nodes && random.Next(4) == 0)
                {
                    // Somebody looks in the middle of the run.
                    migration.Change(state => state with { NodesNeeded = true });
                }
            },
        };

        var ending = driver.Run();

        Assert.Equal(MigrationOutcome.Succeeded, ending.Outcome);
        Assert.Equal(["rollout-workers=c", "rollout-workers=b", "rollout-workers=a"], garden.Operations);
    }

    [Fact]
    public void Decisions_MaintenanceOverwritesTheRollout_IsAskedAgainOnTheSameApproval()
    {
        var garden = new ScriptedGarden();
        var overwritten = false;
        var approvals = 0;
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    approvals++;
                    garden.Holds = true;
                    migration.Change(state => MessageChanges.Approved(state, Request("a")));
                }

                if (garden.Operation is not null && !overwritten)
                {
                    overwritten = true;
                    garden.Operation = null;
                    garden.Holds = false;
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal((true, 1, 1), (overwritten, approvals, garden.Rollouts));
        Assert.Equal(2, garden.Audit.Count(kind => kind == WriteKind.Rollout));
    }

    [Property(MaxTest = 200)]
    public void Decisions_NodesReplacedByHandAtAnyTime_EndDual(int seed)
    {
        var random = new Random(seed);
        var garden = new ScriptedGarden(1, "a", "b") { NodesReadable = random.Next(4) > 0 };
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            HintArrives = () => random.Next(2) == 0,
            AtWait = (migration, wait) =>
            {
                if (wait.For is WaitingFor.Operator && garden.InfrastructureDual)
                {
                    garden.Replace(random.Next(2) == 0 ? "a" : "b", migration.Now);
                    if (random.Next(3) == 0)
                    {
                        var claim = new ClaimVerdict { RequestId = $"c{random.Next()}", ClaimedAt = migration.Now };
                        migration.Change(state => MessageChanges.Claimed(state, claim));
                    }
                }
            },
        };

        var ending = driver.Run(20_000);

        Assert.Equal(garden.NodesReadable ? MigrationOutcome.Succeeded : MigrationOutcome.SucceededWithWaivers, ending.Outcome);
        Assert.DoesNotContain(WriteKind.Rollout, garden.Audit);
    }

    [Fact]
    public void Decisions_NodesComeBackSingleStack_BlockAndNeverRollAgain()
    {
        var garden = new ScriptedGarden { NewNodesAreSingleStack = true };
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    migration.Change(state => MessageChanges.Approved(state, Request("a1")));
                }
            },
        };

        Assert.Throws<TimeoutException>(() => driver.Run(500));

        Assert.Equal(BlockedCode.RolloutWithoutEffect, driver.State.Blocked?.Code);
        Assert.Equal(1, garden.Rollouts);
    }

    [Fact]
    public void Decisions_GardenerBeforeTheDnsConstraint_RestartCoreDnsThemselves()
    {
        var garden = new ScriptedGarden { IsOld = true };
        var driver = new MigrationDriver(garden, RolloutMode.Manual) { AtWait = RollOnce };

        var ending = driver.Run();

        Assert.Equal(MigrationOutcome.Succeeded, ending.Outcome);
        Assert.Single(garden.Audit, kind => kind == WriteKind.CoreDnsRun);
        Assert.DoesNotContain(WriteKind.KubeDnsRun, garden.Audit);
    }

    [Fact]
    public void Decisions_RunsThatDoNotHelp_AreAskedForFiveTimesAndThenAPersonIs()
    {
        var garden = new ScriptedGarden { CoreDnsTime = TimeSpan.FromDays(1000) };
        var driver = new MigrationDriver(garden, RolloutMode.Manual) { AtWait = RollOnce, HintArrives = () => true };
        driver.Garden.NodesReadable = true;
        driver.AtWait = (migration, wait) =>
        {
            RollOnce(migration, wait);
            garden.NodesReadable = wait.For != WaitingFor.CoreDns;
        };

        Assert.Throws<TimeoutException>(() => driver.Run(800));

        Assert.Equal(BlockedCode.ReconcilesExhausted, driver.State.Blocked?.Code);
        Assert.Equal(5, garden.Audit.Count(kind => kind == WriteKind.CoreDnsRun));
    }

    [Fact]
    public void Decisions_AdoptedWithoutConstraintsAndCoreDnsSingleStack_RestartCoreDnsThemselves()
    {
        var garden = new ScriptedGarden().AlreadyPastTheNodes();
        var driver = new MigrationDriver(garden, RolloutMode.Manual);

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal([WriteKind.CoreDnsRun], garden.Audit.Where(kind => kind != WriteKind.Mark));
    }

    [Fact]
    public void Decisions_CoreDnsSingleStackInTheLastLook_IsRestartedOnceAndWaitedFor()
    {
        var garden = new ScriptedGarden().AlreadyPastTheNodes();
        var driver = new MigrationDriver(garden, RolloutMode.Manual);
        driver.Change(state => state with { PreflightPassed = true, SeenDual = true, SeenNodesConstraint = true, SeenDnsConstraint = true, LookNeeded = true });

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal([WriteKind.CoreDnsRun], garden.Audit.Where(kind => kind != WriteKind.Mark));
        Assert.Equal(MigrationStage.Verify, driver.Stages[^1]);
    }

    [Theory]
    [InlineData("Preparing", WaitingFor.Gardener)]
    [InlineData("Completing", WaitingFor.Gardener)]
    [InlineData("Prepared", WaitingFor.Nodes)]
    public void Decisions_CredentialsRotatedWhenTheNodesAreApproved_AreWaitedFor(string phase, WaitingFor expected)
    {
        var garden = new ScriptedGarden();
        WaitingFor? after = null;
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (migration.State.SeenRequests.Count > 0 && after is null && wait.Background != BackgroundLook.Health)
                {
                    after = wait.For;
                    Assert.Equal(expected == WaitingFor.Nodes ? 1 : 0, garden.Audit.Count(kind => kind == WriteKind.Rollout));
                    garden.Rotation = null;
                }

                if (wait.For == WaitingFor.Approval)
                {
                    garden.Rotation = phase;
                    migration.Change(state => MessageChanges.Approved(state, Request("a")));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal(expected, after);
    }

    [Fact]
    public void Decisions_SomebodyGoesBackToOneFamily_EndsReverted()
    {
        var garden = new ScriptedGarden();
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            AtWait = (_, wait) =>
            {
                if (wait.For == WaitingFor.Operator)
                {
                    garden.GoBack();
                }
            },
        };

        Assert.Equal(MigrationOutcome.Reverted, driver.Run().Outcome);
    }

    [Fact]
    public void Decisions_FailedRun_BlocksAndRetryAsksGardenerToo()
    {
        var garden = new ScriptedGarden { FailNextRunWith = "ERR_INFRA_QUOTA_EXCEEDED" };
        var blocked = new List<BlockedReason>();
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            AtWait = (migration, wait) =>
            {
                RollOnce(migration, wait);
                if (wait.Blocked is { } reason)
                {
                    blocked.Add(reason);
                    migration.Change(state => MessageChanges.Retried(state, Request($"r{blocked.Count}")));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal(BlockedCode.ShootFailed, Assert.Single(blocked).Code);
        Assert.Contains("ERR_INFRA_QUOTA_EXCEEDED", blocked[0].Sentence, StringComparison.Ordinal);
        Assert.Single(garden.Audit, kind => kind == WriteKind.RetryFailedRun);
    }

    [Theory]
    [InlineData(WriteKind.IpFamilies)]
    [InlineData(WriteKind.Rollout)]
    [InlineData(WriteKind.CniRun)]
    [InlineData(WriteKind.CoreDnsRun)]
    public void Decisions_ActivityFailsForGoodAfterItsWrite_TheWriteIsRecognizedByItsIntent(WriteKind kind)
    {
        var garden = new ScriptedGarden();
        var failures = 0;
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            FailsAfterCommit = write => write == kind && failures++ == 0,
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    migration.Change(state => MessageChanges.Approved(state, Request("a")));
                }

                if (wait.Blocked is { Code: BlockedCode.ActivityFailed })
                {
                    migration.Change(state => MessageChanges.Retried(state, Request("r")));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal(1, garden.Rollouts);
        Assert.Single(garden.Audit, write => write == WriteKind.IpFamilies);
        Assert.Single(garden.Audit, write => write == WriteKind.Rollout);
        Assert.Equal(RolloutStep.Effective, driver.State.Rollout?.Step);
    }

    [Property(MaxTest = 200)]
    public void Decisions_DnsConstraintFlapsInRunsNobodyAskedFor_NothingIsAskedForTheirSake(int seed)
    {
        var random = new Random(seed);
        var garden = new ScriptedGarden { Flaps = true, SettleTime = TimeSpan.FromMinutes(random.Next(1, 9)) };
        var driver = new MigrationDriver(garden, RolloutMode.Manual)
        {
            HintArrives = () => random.Next(4) > 0,
            AtWait = (migration, wait) =>
            {
                RollOnce(migration, wait);
                if (migration.State.Stage == MigrationStage.Verify && !garden.IsRunning && random.Next(2) == 0)
                {
                    garden.StartRun(migration.Now);
                }
            },
        };

        var ending = driver.Run();

        Assert.Equal(MigrationOutcome.Succeeded, ending.Outcome);
        Assert.Equal(driver.Stages.Order(), driver.Stages);
        Assert.InRange(garden.Audit.Count(kind => kind is WriteKind.CoreDnsRun or WriteKind.KubeDnsRun), 1, 4);
        Assert.Single(garden.Audit, kind => kind == WriteKind.CniRun);
    }

    private static void RollOnce(MigrationDriver driver, NextStep.Wait wait)
    {
        if (wait.For == WaitingFor.Operator && driver.Garden.Rollouts == 0 && driver.Garden.Operation is null)
        {
            driver.Garden.AnnotateByHand("rollout-workers=*");
        }
    }

    private static OperatorRequest Request(string id) => new() { RequestId = id, By = "ann", Reason = "test" };
}
