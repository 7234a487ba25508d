using Dualstack.Workflows.Tests.Garden;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>Nobody looks until a look's deadline has passed, since workers are gone or the machine sleeps. That says nothing about the shoot.</summary>
public abstract class OutageTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    // An activity that nobody takes holds the clock of the test server, so that these deadlines pass in real time.
    private static readonly MigrationSettings Short = new()
    {
        LookEvery = TimeSpan.FromSeconds(1),
        GardenerFallback = TimeSpan.FromSeconds(3),
        HealthGrace = TimeSpan.FromSeconds(6),
        CoreDnsDeadline = TimeSpan.FromSeconds(6),
    };

    [Fact]
    public Task Health_NobodyLookedUntilTheDeadline_IsNotHeldAgainstTheShoot() => RunAsync(
        new ScriptedGarden { SettleTime = TimeSpan.Zero },
        async migration =>
        {
            await migration.WithGardenWorkerAsync(async () =>
            {
                await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
                migration.Garden.Unwell = true;
                await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
                await migration.UntilAsync(status => status.Sentence.StartsWith("Health has to settle", StringComparison.Ordinal), TimeSpan.FromMilliseconds(100));
            });
            await AssertOutageIsNotBlamedOnTheShootAsync(migration, () => migration.Garden.Unwell = false);
        },
        RolloutMode.OnApproval,
        Short,
        workersApart: true);

    [Fact]
    public Task CoreDns_NobodyLookedUntilTheDeadline_IsNotHeldAgainstTheShoot() => RunAsync(
        new ScriptedGarden { SettleTime = TimeSpan.Zero, RunTime = TimeSpan.FromSeconds(3), CoreDnsTime = TimeSpan.FromDays(1) },
        async migration =>
        {
            await migration.WithGardenWorkerAsync(async () =>
            {
                await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
                await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
                await migration.UntilAsync(status => status.WaitingFor == WaitingFor.CoreDns, TimeSpan.FromSeconds(1));
            });
            var now = await migration.NowAsync();
            await AssertOutageIsNotBlamedOnTheShootAsync(migration, () => migration.Garden.EndCoreDnsRestart(now));
        },
        RolloutMode.OnApproval,
        Short,
        workersApart: true);

    private static async Task AssertOutageIsNotBlamedOnTheShootAsync(TestMigration migration, Action mend)
    {
        var told = await migration.UntilAsync(status => status.Blocked is not null, TimeSpan.FromMilliseconds(200));
        Assert.Equal(BlockedCode.GardenUnreachable, told.Blocked!.Code);
        Assert.StartsWith("No worker of garden", told.Sentence, StringComparison.Ordinal);

        mend();
        await migration.WithGardenWorkerAsync(async () => Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome));
        Assert.Equal(1, migration.Garden.Rollouts);
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : OutageTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : OutageTests(fixture, continuesAsNew: true);
}
