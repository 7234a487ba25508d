using System.Text.Json.Nodes;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows;
using static Dualstack.Activities.Tests.MigrationBench;
using ShootKey = Dualstack.Gardener.Shoots.ShootKey;

namespace Dualstack.Activities.Tests;

public sealed class WholeMigrationTests
{
    [Theory]
    [InlineData("v1.149.3", RolloutMode.Manual)]
    [InlineData("v1.149.3", RolloutMode.OnApproval)]
    [InlineData("v1.138.0", RolloutMode.OnApproval)]
    [InlineData("v1.133.2", RolloutMode.Manual)]
    [InlineData("v1.132.5", RolloutMode.OnApproval)]
    [InlineData("v1.128.0", RolloutMode.Manual)]
    [InlineData("v1.126.0", RolloutMode.Manual)]
    public async Task Migration_OfAShootWithTwoPools_SucceedsWithFewActivities(string gardenerVersion, RolloutMode mode)
    {
        await using var bench = await StartAsync(gardenerVersion);
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = mode });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
        var shoot = await bench.ShootAsync();
        Assert.Null(shoot.NodesConstraint);
        Assert.Null(shoot.DnsConstraint);
        Assert.True(drive.Activities <= 16, drive.ToString());
    }

    [Theory]
    [InlineData("garden-analytics", "lake")]
    [InlineData("garden-retail", "billing")]
    [InlineData("garden-retail", "archive")]
    public async Task Migration_OfOtherExamples_Succeeds(string project, string name)
    {
        await using var bench = await StartAsync();
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop with { Namespace = project, Name = name }, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
        Assert.Single(await bench.Garden.CommittedAsync(new ShootKey(project, name), "rollout-workers"));
    }

    [Theory]
    [InlineData("withholdAnswer")]
    [InlineData("dropBeforeCommit")]
    public async Task Migration_EveryOtherAnswerLost_WritesEachDecisionOnce(string kind)
    {
        await using var bench = await StartAsync();
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval })
        {
            BeforeWrite = () => bench.Garden.ArmAsync(new { kind, verb = "patch", shoot = "shop" }),
        };

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
        Assert.Equal(drive.State.Intents, drive.Retries);
        for (var number = 1; number <= drive.State.Intents; number++)
        {
            Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, $"\"intent-{number}\""));
        }
    }

    [Fact]
    public async Task Migration_ShootThatConfinesChangesToItsWindow_IsBroughtThroughByReconciles()
    {
        await using var bench = await StartAsync();
        await bench.Garden.PatchAsync(TestGarden.Shop, new JsonObject
        {
            ["spec"] = new JsonObject { ["maintenance"] = new JsonObject { ["confineSpecUpdateRollout"] = true } },
        });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
    }

    [Fact]
    public async Task Migration_SomebodyChangesTheShootJustBeforeTheRollout_DecidesAnewAndRollsOnce()
    {
        await using var bench = await StartAsync();
        var written = 0;
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval })
        {
            // Just before the rollout is asked for.
            BeforeWrite = () => ++written == 2
                ? bench.Garden.PatchAsync(TestGarden.Shop, new JsonObject
                {
                    ["spec"] = new JsonObject { ["purpose"] = "testing" },
                })
                : Task.CompletedTask,
        };

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
        Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, "rollout-workers"));
    }

    [Fact]
    public async Task Migration_RolloutLostToMaintenance_IsAskedForAgain()
    {
        await using var bench = await StartAsync();
        await bench.Garden.ArmAsync(new { kind = "loseRollout", shoot = "shop" });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
        Assert.Equal(2, (await bench.Garden.CommittedAsync(TestGarden.Shop, "rollout-workers")).Count);
    }

    [Fact]
    public async Task Migration_NodesStaySingleStackAfterTheRollout_AsksAPersonAndNeverRollsAgain()
    {
        await using var bench = await StartAsync();
        await bench.Garden.ArmAsync(new { kind = "singleStackNodes", shoot = "shop", pool = "sys", times = 0 });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.Null(ending);
        Assert.Equal(BlockedCode.RolloutWithoutEffect, drive.State.Blocked!.Code);
        Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, "rollout-workers"));
    }

    [Fact]
    public async Task Migration_ShootsApiOutOfReach_SucceedsOnTheGardensEvidenceAndSaysSo()
    {
        await using var bench = await StartAsync();
        await bench.Garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.SucceededWithWaivers, drive.ToString());
        Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, "rollout-workers"));
    }

    [Fact]
    public async Task Migration_NetworkThatReportsNoFamilies_LetsTheNodesDecide()
    {
        await using var bench = await StartAsync();
        await bench.Garden.ArmAsync(new { kind = "cniReportsNoFamilies", shoot = "shop", times = 0 });
        var before = (await bench.ShootAsync()).Generation;
        await bench.Garden.AnnotateAsync(TestGarden.Shop, "gardener.cloud/operation", "reconcile");
        await bench.Garden.PassUntilAsync(TestGarden.Shop, shoot => shoot.ObservedGeneration > before && shoot.LastOperation is { State: "Succeeded" });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.True(ending?.Outcome == MigrationOutcome.Succeeded, drive.ToString());
    }

    [Fact]
    public async Task Migration_FirstRunFailsForGood_AsksAPerson()
    {
        await using var bench = await StartAsync();
        await bench.Garden.ArmAsync(new { kind = "failRun", shoot = "shop", state = "Failed", errorCode = "ERR_INFRA_QUOTA_EXCEEDED" });
        var drive = new MigrationDrive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = RolloutMode.OnApproval });

        var ending = await drive.ToTheEndAsync();

        Assert.Null(ending);
        Assert.Equal(BlockedCode.ShootFailed, drive.State.Blocked!.Code);
    }
}
