using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>
/// Waits that no signal ends: the shoot is not marked yet, or a run ends as the one before did. They must not last until the fallback timer.
/// </summary>
public abstract class UntoldWaitTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    // The shortest fallback is 20 minutes.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Start_DuringAPeriodicRun_WritesAsSoonAsTheRunHasEnded()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromMinutes(10) };
        garden.StartRun(await NowAsync());
        await RunAsync(garden, async migration =>
        {
            var waiting = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Gardener, TimeSpan.FromSeconds(1));
            Assert.Equal(MigrationStage.UpdateNetworking, waiting.Stage);
            Assert.Empty(garden.Audit);

            await migration.UntilAsync(_ => garden.Audit.Contains(WriteKind.IpFamilies));
            Assert.InRange(await migration.NowAsync() - waiting.StartedAt, TimeSpan.FromMinutes(8), Soon);
        });
    }

    [Fact]
    public async Task Approve_DuringAPeriodicRun_RollsAsSoonAsTheRunHasEnded()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            await migration.SkipAsync(TimeSpan.FromHours(1));
            var approvedAt = await migration.NowAsync();
            migration.Garden.StartRun(approvedAt);
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            var waiting = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Gardener, TimeSpan.FromSeconds(1));
            Assert.Equal(MigrationStage.RollNodes, waiting.Stage);

            await migration.UntilAsync(status => status.RolloutReceipt is not null);
            Assert.InRange(await migration.NowAsync() - approvedAt, TimeSpan.FromMinutes(4), Soon);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Start_WithSomebodysOperationWaiting_WritesAsSoonAsItIsGone()
    {
        await RunAsync(new ScriptedGarden { Operation = "maintain" }, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Gardener);
            await migration.SkipAsync(TimeSpan.FromMinutes(1));
            migration.Garden.Operation = null;

            var goneAt = await migration.NowAsync();
            await migration.UntilAsync(_ => migration.Garden.Audit.Contains(WriteKind.IpFamilies));
            Assert.InRange(await migration.NowAsync() - goneAt, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        });
    }

    [Fact]
    public async Task Start_WhileTheShootWakesUp_BeginsByItselfAsSoonAsItIsAwake()
    {
        await RunAsync(new ScriptedGarden { WakesUp = true }, async migration =>
        {
            var waiting = await migration.UntilAsync(status => status.WaitingFor != WaitingFor.Nothing);
            Assert.Equal((WaitingFor.Gardener, null, null), (waiting.WaitingFor, waiting.Blocked, waiting.NextCommand));
            Assert.Contains("waking up", waiting.Sentence, StringComparison.Ordinal);

            await migration.SkipAsync(TimeSpan.FromHours(1));
            migration.Garden.WakesUp = false;
            var awakeAt = await migration.NowAsync();
            await migration.UntilAsync(_ => migration.Garden.Audit.Contains(WriteKind.IpFamilies));
            Assert.InRange(await migration.NowAsync() - awakeAt, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        });
    }

    [Fact]
    public async Task Start_WhileTheShootWakesUpForADay_CostsAHandfulOfLooks()
    {
        await RunAsync(new ScriptedGarden { WakesUp = true }, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Gardener);
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromDays(1));

            Assert.InRange(await migration.EventCountAsync() - before, 1, ContinuesAsNew ? 200 : 100);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : UntoldWaitTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : UntoldWaitTests(fixture, continuesAsNew: true);
}
