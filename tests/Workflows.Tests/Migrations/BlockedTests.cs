using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Garden;

namespace Dualstack.Workflows.Tests.Migrations;

public abstract class BlockedTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task Blocked_OverlayTurnedOffAndRetried_GoesOn()
    {
        await RunAsync(new ScriptedGarden { Overlay = OverlaySetting.On }, async migration =>
        {
            var blocked = await migration.UntilAsync(status => status.Blocked is not null);
            Assert.Equal((BlockedCode.OverlayNetwork, true, MigrationStage.Preflight), (blocked.Blocked!.Code, blocked.Blocked.BeforeFirstWrite, blocked.Stage));
            Assert.Equal(WaitingFor.Help, blocked.WaitingFor);
            Assert.StartsWith("dualstack retry garden-test/", blocked.NextCommand, StringComparison.Ordinal);
            Assert.Empty(migration.Garden.Audit);

            migration.Garden.Overlay = OverlaySetting.Off;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.RetryAsync(migration.Ask()));
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Null((await migration.StatusAsync()).Blocked);
        });
    }

    [Fact]
    public async Task Blocked_WithoutAnybodyDoingAnything_TriesAgainAfterHours()
    {
        await RunAsync(new ScriptedGarden { Hibernated = true }, async migration =>
        {
            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.Hibernated);
            migration.Garden.Hibernated = false;

            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator, TimeSpan.FromHours(1));
        });
    }

    [Fact]
    public async Task Blocked_Ipv6OnlyRefused_GivesTheServersWords()
    {
        const string Words = "spec.networking.ipFamilies: Unsupported value";
        await RunAsync(new ScriptedGarden { Families = ["IPv6"], Refusal = Words }, async migration =>
        {
            var status = await migration.UntilAsync(status => status.Blocked is not null);

            Assert.Equal((BlockedCode.RefusedByGardener, Words), (status.Blocked!.Code, status.Blocked.Evidence));
            Assert.Contains("Blocked by Gardener", status.Sentence, StringComparison.Ordinal);
            Assert.Empty(migration.Garden.Audit);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ShootDeletedAndCreatedAgain_MidMigration_IsNotTouched(bool recreated)
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var writes = migration.Garden.Audit.Count;
            migration.Garden.Exists = recreated;
            migration.Garden.Uid = "22222222-2222-2222-2222-222222222222";
            await migration.Latest().SignalAsync(workflow => workflow.ShootObservedAsync(new ShootObserved(null, null)));
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.NotApplicable, result.Outcome);
            Assert.Contains(recreated ? "created again" : "does not exist", result.Sentence, StringComparison.Ordinal);
            Assert.Equal(writes, migration.Garden.Audit.Count);
        });
    }

    [Fact]
    public async Task Workerless_Shoot_IsNotApplicableAndNothingIsWritten()
    {
        await RunAsync(new ScriptedGarden { Workerless = true }, async migration =>
        {
            Assert.Equal(MigrationOutcome.NotApplicable, (await migration.ResultAsync()).Outcome);
            Assert.Empty(migration.Garden.Audit);
        });
    }

    [Fact]
    public async Task NodesOutOfReach_PersonSaysDone_SucceedsWithWaivers()
    {
        await RunAsync(new ScriptedGarden { NodesReadable = false }, async migration =>
        {
            var waiting = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Contains("cannot be seen", waiting.Sentence, StringComparison.Ordinal);

            var now = await migration.NowAsync();
            migration.Garden.Replace("a", now);
            migration.Garden.Replace("b", now);
            await migration.Latest().SignalAsync(workflow => workflow.NodeRolloutCompletedAsync(null));
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.SucceededWithWaivers, result.Outcome);
            Assert.Contains("could not be looked at", Assert.Single(result.Waivers), StringComparison.Ordinal);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : BlockedTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : BlockedTests(fixture, continuesAsNew: true);
}
