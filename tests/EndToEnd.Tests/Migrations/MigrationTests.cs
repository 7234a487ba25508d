using Dualstack.EndToEnd.Tests.Stacks;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Migrations;

/// <summary>Migrations as people run them: servers, worker and command line are processes of their own.</summary>
public sealed class MigrationTests(MigrationTests.Fixture fixture) : IClassFixture<MigrationTests.Fixture>
{
    private const int MostEvents = 150;

    private Stack Stack => fixture.Stack;

    [Fact]
    public async Task Migrate_TwoPoolsReplacedByAPerson_SucceedsWithEachWriteOnceAndWaitsForFree()
    {
        await using var migrate = Stack.Cli.Start("migrate", "garden-retail/shop", "--wait");
        await Stack.WaitForStatusAsync("shop", status => status.WaitingFor == WaitingFor.Operator);
        await AnHourPassesAsync("shop");
        var before = (await Stack.Migration("shop").DescribeAsync()).HistoryLength;
        await AnHourPassesAsync("shop");
        Assert.Equal(before, (await Stack.Migration("shop").DescribeAsync()).HistoryLength);

        await Stack.Garden.RollAsync(Shoots.Namespace, "shop");
        await Stack.NodesAreDualAsync("shop");
        var done = await Stack.Cli.RunAsync("nodes", "done", "garden-retail/shop", "--reason", "window of Sunday");
        Assert.True(done.ExitCode == 0, done.ToString());

        var result = await Stack.ResultAsync("shop");
        Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0, migrate.Output);
        Assert.Contains("Succeeded", migrate.Output, StringComparison.Ordinal);
        AuditAssert.EachWriteOnce("shop", await Stack.Garden.WritesAsync("shop"), rollouts: 0);
        var history = await Stack.Migration("shop").FetchHistoryAsync();
        Assert.True(history.Events.Count <= MostEvents, $"{history.Events.Count} events");
        await SavedHistories.SaveAsync(Stack.Migration("shop"), "manual");

        var status = await Stack.Cli.RunAsync("status", "garden-retail/shop");
        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.Contains("Succeeded", status.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_RolloutOnApproval_ReplacesTheNodesOnceAndSucceeds()
    {
        await using var migrate = Stack.Cli.Start("migrate", "garden-retail/approved", "--rollout", "OnApproval", "--wait");
        await Stack.WaitForStatusAsync("approved", status => status.WaitingFor == WaitingFor.Approval);
        Assert.DoesNotContain(await Stack.Garden.WritesAsync("approved"), write => write.Step == WriteStep.Rollout);

        var approve = await Stack.Cli.RunAsync("nodes", "approve", "garden-retail/approved", "--reason", "window open");
        Assert.True(approve.ExitCode == 0, approve.ToString());

        Assert.Equal(MigrationOutcome.Succeeded, (await Stack.ResultAsync("approved")).Outcome);
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0, migrate.Output);
        AuditAssert.EachWriteOnce("approved", await Stack.Garden.WritesAsync("approved"), rollouts: 1);
        var history = await Stack.Migration("approved").FetchHistoryAsync();
        Assert.True(history.Events.Count <= MostEvents, $"{history.Events.Count} events");
        await SavedHistories.SaveAsync(Stack.Migration("approved"), "on-approval");
    }

    [Fact]
    public async Task Migrate_OverlayNetwork_IsBlockedBeforeAnythingIsWritten()
    {
        var migrate = await Stack.Cli.RunAsync("migrate", "garden-retail/legacy", "--wait");
        Assert.True(migrate.ExitCode == 3, migrate.ToString());
        Assert.Contains("overlay", migrate.StandardOutput + migrate.StandardError, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await Stack.Garden.WritesAsync("legacy"));

        var status = await Stack.StatusAsync("legacy");
        Assert.Equal(BlockedCode.OverlayNetwork, status.Blocked?.Code);
        await SavedHistories.SaveAsync(Stack.Migration("legacy"), "blocked");
    }

    /// <summary>The periodic run of the simulated garden comes once an hour of its time.</summary>
    private async Task AnHourPassesAsync(string shoot)
    {
        var before = await RunsAsync();
        await Stack.WaitAsync($"another periodic run of {shoot}", RunsAsync, runs => runs.Count > before.Count && !runs.Running);

        async Task<(long Count, bool Running)> RunsAsync()
        {
            var state = await Stack.Garden.StateAsync(Shoots.Namespace, shoot);
            return (state["runCount"]!.GetValue<long>(), state["run"] is not null);
        }
    }

    public sealed class Fixture() : StackFixture(new StackOptions
    {
        Speed = 600,
        Shoots = directory =>
        {
            Shoots.Write(directory, "shop", "approved");
            Shoots.Copy(directory, "overlay.yaml");
        },
    });
}
