using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;

namespace Dualstack.EndToEnd.Tests.Migrations;

/// <summary>Migrations as people run them: servers, worker and command line are processes of their own.</summary>
public sealed class MigrationTests(CommonInstallation common) : IClassFixture<CommonInstallation>
{
    /// <summary>However the nodes are replaced.</summary>
    private const int MostEvents = 150;

    /// <summary>The garden's clock runs fast, so the driver looks more often.</summary>
    private const string Patience = """{"lookEvery":"00:00:00.5","gardenerFallback":"00:00:10"}""";

    private Installation Site => common.Site;

    [Fact]
    public async Task Migrate_TwoPoolsReplacedByAPerson_SucceedsWithEachWriteOnceAndWaitsForFree()
    {
        await using var migrate = Site.Cli.Start("migrate", "garden-retail/shop", "--wait", "--settings", Patience);
        await Site.WaitForStatusAsync("shop", status => status.WaitingFor == WaitingFor.Operator);
        await AnHourPassesAsync("shop");
        var before = (await Site.Migration("shop").DescribeAsync()).HistoryLength;
        await AnHourPassesAsync("shop");
        Assert.Equal(before, (await Site.Migration("shop").DescribeAsync()).HistoryLength);

        // The next periodic run would show by itself that the nodes are done.
        var standstill = await Site.Garden.ArmAsync("GardenletDown", "shop", times: 0);
        await Site.Garden.RollAsync(Shoots.Namespace, "shop");
        await Site.NodesAreDualAsync("shop");
        var done = await Site.Cli.RunAsync("nodes", "done", "garden-retail/shop", "--reason", "window of Sunday");
        await Site.Garden.DisarmAsync(standstill);
        Assert.True(done.ExitCode == 0, done.ToString());

        var result = await Site.ResultAsync("shop");
        Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0, migrate.Output);
        Assert.Contains("Succeeded", migrate.Output, StringComparison.Ordinal);
        AuditAssert.EachWriteOnce("shop", await Site.Garden.WritesAsync("shop"), rollouts: 0);
        await SavedHistories.SaveAsync(Site.Migration("shop"), "processes-manual");
        Assert.InRange(await EventCountAsync("shop"), 40, MostEvents);

        var status = await Site.Cli.RunAsync("status", "garden-retail/shop");
        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.Contains("Succeeded", status.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_RolloutOnApproval_ReplacesTheNodesOnceAndSucceeds()
    {
        await using var migrate = Site.Cli.Start("migrate", "garden-retail/approved", "--rollout", "OnApproval", "--wait", "--settings", Patience);
        await Site.WaitForStatusAsync("approved", status => status.WaitingFor == WaitingFor.Approval);
        Assert.DoesNotContain(await Site.Garden.WritesAsync("approved"), write => write.Step == WriteStep.Rollout);

        var approve = await Site.Cli.RunAsync("nodes", "approve", "garden-retail/approved", "--reason", "window open");
        Assert.True(approve.ExitCode == 0, approve.ToString());

        Assert.Equal(MigrationOutcome.Succeeded, (await Site.ResultAsync("approved")).Outcome);
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0, migrate.Output);
        AuditAssert.EachWriteOnce("approved", await Site.Garden.WritesAsync("approved"), rollouts: 1);
        await SavedHistories.SaveAsync(Site.Migration("approved"), "processes-on-approval");
        Assert.InRange(await EventCountAsync("approved"), 40, MostEvents);
    }

    [Fact]
    public async Task Migrate_OverlayNetwork_IsBlockedBeforeAnythingIsWritten()
    {
        var migrate = await Site.Cli.RunAsync("migrate", "garden-retail/legacy", "--wait");
        Assert.True(migrate.ExitCode == 3, migrate.ToString());
        Assert.Contains("overlay", migrate.StandardOutput + migrate.StandardError, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await Site.Garden.WritesAsync("legacy"));

        var status = await Site.StatusAsync("legacy");
        Assert.Equal(BlockedCode.OverlayNetwork, status.Blocked?.Code);
        await SavedHistories.SaveAsync(Site.Migration("legacy"), "processes-blocked");
    }

    /// <summary>Without the workflow tasks that a busy machine made fail and that were tried again: three events each.</summary>
    private async Task<int> EventCountAsync(string shoot)
    {
        var events = (await Site.Migration(shoot).FetchHistoryAsync()).Events;
        return events.Count - (3 * events.Count(item => item.EventType is EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut));
    }

    /// <summary>The periodic run of the simulated garden comes once an hour of its time.</summary>
    private async Task AnHourPassesAsync(string shoot)
    {
        var before = await RunsAsync();
        await Site.WaitAsync($"another periodic run of {shoot}", RunsAsync, runs => runs.Count > before.Count && !runs.Running);

        async Task<(long Count, bool Running)> RunsAsync()
        {
            var state = await Site.Garden.StateAsync(Shoots.Namespace, shoot);
            return (state["runCount"]!.GetValue<long>(), state["run"] is not null);
        }
    }
}
