using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;

namespace Dualstack.Workflows.Tests.Migrations;

public abstract class MessageTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task NodeRolloutCompleted_PayloadsAsTheUiSendsThem_AreTakenAndAnswered()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, []);
            var bare = await migration.UntilAsync(status => status.Claim is { State: ClaimState.Missing });
            Assert.Equal(2, bare.Claim!.Missing.Count);
            Assert.Contains("a 2 of 2 missing", bare.Claim.Sentence, StringComparison.Ordinal);

            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new Dictionary<string, string>()]);
            await migration.UntilAsync(status => status.Claim is { State: ClaimState.Missing } claim && claim.RequestId != bare.Claim.RequestId);

            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, ["done, I think"]);
            var odd = await migration.UntilAsync(status => status.Claim is { NotUnderstood: not null, State: ClaimState.Missing });
            Assert.Equal("\"done, I think\"", odd.Claim!.NotUnderstood);

            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new { requestId = "u", pools = new[] { "nope" } }]);
            var unknown = await migration.UntilAsync(status => status.Claim is { RequestId: "u", State: ClaimState.UnknownPool });
            Assert.Contains("nope", unknown.Claim!.Sentence, StringComparison.Ordinal);

            migration.Garden.Replace("a", await migration.NowAsync());
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new { requestId = "p", by = "ann", pools = new[] { "a" } }]);
            var partly = await migration.UntilAsync(status => status.Claim is { RequestId: "p", State: ClaimState.Confirmed });
            Assert.Equal(MigrationStage.RollNodes, partly.Stage);

            migration.Garden.Replace("b", await migration.NowAsync());
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new { requestId = "q", pools = new[] { "b" } }]);
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
        });
    }

    [Fact]
    public async Task Approve_Repeated_RollsOnce()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            var first = await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("same")));
            var second = await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("same")));
            await migration.UntilAsync(status => status.RolloutReceipt is not null);
            var third = await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("same")));
            Assert.Equal((true, false, false), (first.Changed, second.Changed, third.Changed));

            var other = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("other"))));
            Assert.Contains("twice", other.InnerException!.Message, StringComparison.Ordinal);

            await migration.ResultAsync();
            Assert.Equal(1, migration.Garden.Rollouts);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Approve_OnePoolOnly_RollsThatPoolAndAsksForTheOther()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("r1", "a")));
            var half = await migration.UntilAsync(status => status is { WaitingFor: WaitingFor.Approval, Nodes.Done: 2 });
            Assert.Equal(RolloutStep.Effective, half.RolloutReceipt!.Step);

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("r2")));
            var result = await migration.ResultAsync();

            Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
            Assert.Equal(2, migration.Garden.Rollouts);
            Assert.Equal(["rollout-workers=a", "rollout-workers=b"], migration.Garden.Operations);
        }, RolloutMode.OnApproval);
    }

    [Theory]
    [InlineData("", "ann", "why", "RequestId")]
    [InlineData("r", "", "why", "By")]
    [InlineData("r", "ann", "", "Reason")]
    public async Task Updates_WithoutIdNameOrReason_AreRejected(string id, string by, string reason, string missing)
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var request = new OperatorRequest { RequestId = id, By = by, Reason = reason };
            var exception = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(request)));
            Assert.Contains(missing, exception.InnerException!.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Approve_WhereThereIsNothingToApprove_SaysSo()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var exception = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask())));
            Assert.Contains("nodes done", exception.InnerException!.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Pause_UntilResumed_NothingIsWritten()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p1")));
            var paused = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Resume);
            Assert.Contains("ann", paused.Sentence, StringComparison.Ordinal);
            Assert.Contains("dualstack resume", paused.NextCommand, StringComparison.Ordinal);

            migration.Garden.AnnotateByHand("rollout-workers=*");
            await migration.SkipAsync(TimeSpan.FromDays(1));
            Assert.Equal([WriteKind.IpFamilies], migration.Garden.Audit);

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("p2")));
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
        });
    }

    [Fact]
    public async Task Pause_WhileAWriteIsTriedAgainAndAgain_StopsIt()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Activities.FailWrites = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("a")));
            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.GardenUnreachable);

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p")));
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Resume);
            migration.Activities.FailWrites = false;
            await migration.SkipAsync(TimeSpan.FromHours(5));
            Assert.Equal([WriteKind.IpFamilies], migration.Garden.Audit);

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("r")));
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Equal(1, migration.Garden.Rollouts);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Pause_AnswerOfTheWriteLost_IsKnownFromTheShootAndNotWrittenAgain()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Activities.LoseEveryAnswer = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("a")));
            await migration.UntilAsync(_ => migration.Garden.Audit.Contains(WriteKind.Rollout), TimeSpan.FromSeconds(1));

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p")));
            var paused = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Resume);
            Assert.NotNull(paused.RolloutReceipt);

            migration.Activities.LoseEveryAnswer = false;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("r")));
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.Rollout);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Resume_NodesReplacedDuringThePauseAfterTheApproval_AreNotReplacedAgain()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Activities.FailWrites = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask("a")));
            await migration.UntilAsync(_ => migration.Activities.Failures > 0, TimeSpan.FromSeconds(1));
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p")));
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Resume);
            migration.Activities.FailWrites = false;
            foreach (var pool in migration.Garden.Pools)
            {
                migration.Garden.Replace(pool, await migration.NowAsync());
            }

            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("r")));
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Equal(0, migration.Garden.Rollouts);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task ShootObserved_OlderThanWhatWasRead_IsDropped()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            var old = migration.Garden.Observe(await migration.NowAsync());
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(workflow => workflow.ShootObservedAsync(new ShootObserved(old, "x")));
            await migration.SkipAsync(TimeSpan.FromMinutes(1));

            var status = await migration.StatusAsync();
            Assert.Equal(MigrationStage.RollNodes, status.Stage);
            Assert.Contains("[IPv4, IPv6]", status.LastObservation, StringComparison.Ordinal);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : MessageTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : MessageTests(fixture, continuesAsNew: true);
}
