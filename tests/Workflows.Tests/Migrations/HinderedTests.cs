using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>The garden cannot be asked for a while: a person is told, nothing is lost, and it goes on by itself.</summary>
public abstract class HinderedTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task Hindered_GardenSilentFromTheStart_IsToldAfterTenMinutesAndGoesOnByItself()
    {
        var garden = new ScriptedGarden();
        await RunAsync(garden,
            async migration =>
            {
                var status = await migration.UntilAsync(status => status.Blocked is not null);
                Assert.Equal(BlockedCode.GardenUnreachable, status.Blocked!.Code);
                Assert.InRange(status.Blocked.Since - status.StartedAt, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(11));
                Assert.Contains("has not answered for 10 minutes", status.Sentence, StringComparison.Ordinal);
                Assert.Equal(("dualstack doctor", "The garden said no."), (status.NextCommand, status.Blocked.Evidence));
                Assert.Equal(WaitingFor.Help, status.WaitingFor);

                migration.Activities.FailWith = null;
                var waiting = await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
                Assert.Null(waiting.Blocked);
            },
            failWith: ErrorTypes.GardenUnreachable);
    }

    [Fact]
    public async Task Hindered_ForADay_IsAskedOnAndCostsNoEvent()
    {
        await RunAsync(new ScriptedGarden(),
            async migration =>
            {
                await migration.UntilAsync(status => status.Blocked is not null);
                var (events, failures) = (await migration.EventCountAsync(), migration.Activities.Failures);

                await migration.SkipAsync(TimeSpan.FromHours(5));

                Assert.Equal(events, await migration.EventCountAsync());
                Assert.True(migration.Activities.Failures > failures + 200, $"{migration.Activities.Failures - failures} attempts");
            },
            failWith: ErrorTypes.GardenUnreachable);
    }

    [Theory]
    [InlineData(ErrorTypes.RightsMissing, BlockedCode.RightsMissing)]
    [InlineData(ErrorTypes.WrongGarden, BlockedCode.WrongGarden)]
    public async Task Hindered_RightMissing_IsToldAtOnceAndGoesOnWhenItIsGranted(string type, BlockedCode code)
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            migration.Activities.FailWith = type;
            var since = await migration.NowAsync();
            await migration.Latest().SignalAsync(workflow => workflow.NodeRolloutCompletedAsync(null));
            var status = await migration.UntilAsync(status => status.Blocked is not null, TimeSpan.FromSeconds(1));
            Assert.Equal(code, status.Blocked!.Code);
            Assert.InRange(status.Blocked.Since - since, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.StartsWith("The garden said no", status.Sentence, StringComparison.Ordinal);

            var answer = await migration.Latest().ExecuteUpdateAsync(workflow => workflow.RetryAsync(migration.Ask()));
            Assert.Contains("all the time", answer.Sentence, StringComparison.Ordinal);
            Assert.Equal(code, (await migration.StatusAsync()).Blocked?.Code);

            migration.Activities.FailWith = null;
            await migration.UntilAsync(status => status is { WaitingFor: WaitingFor.Operator, Claim.State: ClaimState.Missing });
        });
    }

    [Fact]
    public async Task Hindered_EveryAnswerOfAWriteLost_WritesOnceAndGoesOn()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            migration.Activities.LoseEveryAnswer = true;
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.GardenUnreachable);

            migration.Activities.LoseEveryAnswer = false;
            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Equal(1, migration.Garden.Rollouts);
            Assert.Single(migration.Garden.Audit, kind => kind == WriteKind.Rollout);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task Hindered_WhileNodesAreWatched_IsToldAndTheWatchGoesOn()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromHours(3) };
        await RunAsync(garden.AlreadyPatched(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            garden.AnnotateByHand("rollout-workers=*");
            garden.Advance(await migration.NowAsync());
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, []);
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Nodes);

            migration.Activities.FailWith = ErrorTypes.GardenUnreachable;
            await migration.UntilAsync(status => status.Blocked?.Code == BlockedCode.GardenUnreachable);
            migration.Activities.FailWith = null;
            await migration.UntilAsync(status => status is { Blocked: null, WaitingFor: WaitingFor.Nodes });

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
        });
    }

    [Fact]
    public async Task Hindered_Cancelled_EndsAndTakesOurMarksOff()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            migration.Activities.FailWith = ErrorTypes.RightsMissing;
            await migration.Latest().SignalAsync(workflow => workflow.NodeRolloutCompletedAsync(null));
            await migration.UntilAsync(status => status.Blocked is not null);

            await migration.Latest().CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);

            Assert.Equal(MigrationOutcome.Cancelled, (await migration.StatusAsync()).Outcome);
            Assert.False(migration.Garden.Marked);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : HinderedTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : HinderedTests(fixture, continuesAsNew: true);
}
