using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Migrations;

public abstract class HappyPathTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task Migration_NodesRolledByHandAfterThirtyDays_GoesOnByItself()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            var waiting = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Equal(MigrationStage.RollNodes, waiting.Stage);
            Assert.Equal((0, 4), (waiting.Nodes!.Done, waiting.Nodes.Total));
            Assert.Contains("dualstack nodes done", waiting.NextCommand, StringComparison.Ordinal);

            await migration.SkipAsync(TimeSpan.FromDays(30));
            migration.Garden.AnnotateByHand("rollout-workers=*");
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
            Assert.Equal(1, migration.Garden.Rollouts);
            Assert.Null(migration.Garden.Nc);
            Assert.Null(migration.Garden.Dc);
            Assert.True(migration.Garden.KubeDnsDual);
            Assert.False(migration.Garden.Marked);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.IpFamilies);
            Assert.DoesNotContain(WriteKind.Rollout, migration.Garden.Audit);
        });
    }

    [Fact]
    public async Task Migration_OnApproval_RollsOnceAfterTheApproval()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            Assert.DoesNotContain(WriteKind.Rollout, migration.Garden.Audit);

            var answer = await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            Assert.True(answer.Changed);
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.Rollout);
            Assert.Equal(1, migration.Garden.Rollouts);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Migration_AnswerOfEveryWriteLost_WritesEachOnce()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            migration.Activities.LoseNextAnswer = true;
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Activities.LoseNextAnswer = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.IpFamilies);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.Rollout);
            Assert.Equal(1, migration.Garden.Rollouts);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Migration_PatchedByHandBefore_IsAdoptedAndMarked()
    {
        await RunAsync(new ScriptedGarden().AlreadyPatched(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Equal([WriteKind.Mark], migration.Garden.Audit);

            migration.Garden.Replace("a", await migration.NowAsync());
            migration.Garden.Replace("b", await migration.NowAsync());
            await migration.Latest().SignalAsync(workflow => workflow.NodeRolloutCompletedAsync(null));
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
            Assert.Equal(WriteKind.NodeCheckRun, migration.Garden.Audit[1]);
        });
    }

    [Fact]
    public async Task Migration_DnsConstraintFlapsInAPeriodicRun_StaysInVerifyAndWritesNothingMore()
    {
        // Health takes its time, so that the last stage is there to be seen.
        var garden = new ScriptedGarden { Flaps = true, SettleTime = TimeSpan.FromHours(3) };
        var settings = new MigrationSettings { HealthGrace = TimeSpan.FromHours(9) };
        await RunAsync(garden, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            garden.AnnotateByHand("rollout-workers=*");
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, []);
            await migration.UntilAsync(status => status.Stage == MigrationStage.Verify, TimeSpan.FromMinutes(1));
            var writes = garden.Audit.Count;

            garden.StartRun(await migration.NowAsync());
            Assert.Equal("Progressing", garden.Dc);
            var told = new ShootObserved(garden.Observe(await migration.NowAsync()), "flap");
            await migration.Latest().SignalAsync(workflow => workflow.ShootObservedAsync(told));
            var status = await migration.UntilAsync(status => status.LastObservation!.Contains("DNSServiceMigrationReady", StringComparison.Ordinal));
            Assert.Equal(MigrationStage.Verify, status.Stage);

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Equal(writes, garden.Audit.Count);
            Assert.Null(garden.Dc);
        }, settings: settings);
    }

    [Fact]
    public async Task Migration_SpecChangesConfinedToTheWindow_AsksForTheRun()
    {
        await RunAsync(new ScriptedGarden { Confined = true }, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Equal([WriteKind.IpFamilies, WriteKind.InfrastructureRun], migration.Garden.Audit);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : HappyPathTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : HappyPathTests(fixture, continuesAsNew: true);
}
