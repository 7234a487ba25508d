using Dualstack.Workflows.Tests.Garden;
using Temporalio.Exceptions;

namespace Dualstack.Workflows.Tests.Migrations;

public abstract class CancellationTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task Cancel_WhileWaiting_TakesOurMarksOffAndSaysHowTheShootWasLeft()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(workflow => workflow.CancelReasonAsync(migration.Ask()));
            await migration.Latest().CancelAsync();

            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);
            Assert.IsType<CanceledFailureException>(failure.InnerException);
            var status = await migration.StatusAsync();
            Assert.Equal(MigrationOutcome.Cancelled, status.Outcome);
            Assert.Contains("Cancelled by ann: test.", status.Sentence, StringComparison.Ordinal);
            Assert.Contains("[IPv4, IPv6]", status.Sentence, StringComparison.Ordinal);
            Assert.False(migration.Garden.Marked);
            Assert.Null(migration.Garden.Intent);
        });
    }

    [Fact]
    public async Task Cancel_RolloutAskedForAndNotTaken_WithdrawsIt()
    {
        // The shoot has a run of hours, so that the request lies there.
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Garden.Holds = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            await migration.UntilAsync(status => status.RolloutReceipt is not null);
            Assert.Equal("rollout-workers=*", migration.Garden.Operation);

            await migration.Latest().CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);

            Assert.Null(migration.Garden.Operation);
            Assert.Contains("withdrawn", (await migration.StatusAsync()).Sentence, StringComparison.Ordinal);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Cancel_AnswerOfTheRolloutLost_WithdrawsItAndLeavesNothingOfOurs()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Garden.Holds = true;
            migration.Activities.LoseEveryAnswer = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            await migration.UntilAsync(_ => migration.Garden.Operation is not null);
            Assert.Null((await migration.StatusAsync()).RolloutReceipt);

            await migration.Latest().CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);

            Assert.Equal((null, null, false), (migration.Garden.Operation, migration.Garden.Intent, migration.Garden.Marked));
            Assert.Contains("withdrawn", (await migration.StatusAsync()).Sentence, StringComparison.Ordinal);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Cancel_BeforeAnythingWasWritten_WritesNothing()
    {
        await RunAsync(new ScriptedGarden { Hibernated = true }, async migration =>
        {
            await migration.UntilAsync(status => status.Blocked is not null);
            await migration.Latest().CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);

            Assert.Empty(migration.Garden.Audit);
            Assert.Contains("Nothing was written", (await migration.StatusAsync()).Sentence, StringComparison.Ordinal);
            Assert.Equal(Temporalio.Api.Enums.V1.WorkflowExecutionStatus.Canceled, (await migration.Latest().DescribeAsync()).Status);
        });
    }

    [Fact]
    public async Task Cancel_GardenOutOfReach_IsShownAtOnceAndNamesWhatIsLeft()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            migration.Activities.FailReleases = true;
            var cancelledAt = await migration.NowAsync();
            await migration.Latest().SignalAsync(workflow => workflow.CancelReasonAsync(migration.Ask()));
            await migration.Latest().CancelAsync();

            var leaving = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Nothing, TimeSpan.FromSeconds(1));
            Assert.StartsWith("Being cancelled by ann", leaving.Sentence, StringComparison.Ordinal);
            Assert.Equal((null, null), (leaving.NextCommand, leaving.Outcome));
            var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => migration.Latest().ExecuteUpdateAsync(workflow => workflow.RetryAsync(migration.Ask("late"))));
            Assert.Contains("being cancelled", refused.InnerException!.Message, StringComparison.Ordinal);

            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);
            Assert.InRange(await migration.NowAsync() - cancelledAt, TimeSpan.Zero, TimeSpan.FromMinutes(11));
            var left = (await migration.StatusAsync()).Sentence;
            Assert.Contains("dualstack.dev/migration", left, StringComparison.Ordinal);
            Assert.Contains($"kubectl -n garden-test patch shoot {migration.Request.Shoot.Name} --type merge", left, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Cancel_RolloutLeftOnAShootOutOfReach_NamesItAndTheCommandThatRemovesIt()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Garden.Holds = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            await migration.UntilAsync(status => status.RolloutReceipt is not null);
            migration.Activities.FailReleases = true;

            await migration.Latest().CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);

            var left = (await migration.StatusAsync()).Sentence;
            Assert.Contains("rollout-workers=* may lie there untaken", left, StringComparison.Ordinal);
            Assert.Contains("gardener.cloud/operation-", left, StringComparison.Ordinal);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Cancel_WhileAFinishedMigrationTakesOffItsMarks_StaysSucceeded()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            migration.Activities.FailReleases = true;
            migration.Garden.AnnotateByHand("rollout-workers=*");
            await migration.UntilAsync(_ => migration.Activities.Failures > 0, TimeSpan.FromMinutes(5));

            await migration.Latest().CancelAsync();
            migration.Activities.FailReleases = false;

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.False(migration.Garden.Marked);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : CancellationTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : CancellationTests(fixture, continuesAsNew: true);
}
