using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

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

    [Fact]
    public async Task ShootFailed_BeforeTheMigrationAndRetried_IsTriedAgainByGardenerAndMigrated()
    {
        await RunAsync(new ScriptedGarden().AlreadyFailed("ERR_CONFIGURATION_PROBLEM"), async migration =>
        {
            var blocked = await migration.UntilAsync(status => status.Blocked is not null);
            Assert.Equal((BlockedCode.ShootFailed, true), (blocked.Blocked!.Code, blocked.Blocked.BeforeFirstWrite));

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.RetryAsync(migration.Ask()));
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator, TimeSpan.FromMinutes(5));
            Assert.Equal([WriteKind.RetryFailedRun, WriteKind.IpFamilies], migration.Garden.Audit);
        });
    }

    [Fact]
    public async Task NodesStuck_NodesDoneSaid_IsCheckedAtOnceAndGoesOn()
    {
        // Each look is an activity in real time: a day of them is more than a busy machine has patience for.
        var settings = new MigrationSettings { NodesDeadline = TimeSpan.FromHours(1) };
        await RunAsync(new ScriptedGarden { RunTime = TimeSpan.FromMinutes(1) }, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Garden.RunTime = TimeSpan.FromDays(3);
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.NodesStuck, TimeSpan.FromMinutes(10));

            migration.Garden.Replace("a", await migration.NowAsync());
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new { requestId = "c" }]);
            var checkedClaim = await migration.UntilAsync(status => status.Claim is { State: not ClaimState.Recorded });
            Assert.Equal((ClaimState.Missing, null), (checkedClaim.Claim!.State, checkedClaim.Blocked));
        }, RolloutMode.OnApproval, settings: settings);
    }

    [Fact]
    public async Task Paused_BeforeTheFirstWriteWhileTheShootChanges_IsLookedAtAgainWhenResumed()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromDays(36_500) };
        garden.StartRun(DateTimeOffset.UtcNow);
        await RunAsync(garden, async migration =>
        {
            await migration.UntilAsync(status => status is { Stage: MigrationStage.UpdateNetworking, WaitingFor: WaitingFor.Gardener }, TimeSpan.FromSeconds(1));
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p")));
            await migration.SkipAsync(TimeSpan.FromDays(3));
            garden.Overlay = OverlaySetting.On;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("r")));

            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.OverlayNetwork);
            Assert.Empty(garden.Audit);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : BlockedTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : BlockedTests(fixture, continuesAsNew: true);
}
