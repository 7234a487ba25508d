using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Testing;
using static Dualstack.Activities.Tests.MigrationBench;

namespace Dualstack.Activities.Tests;

/// <summary>After a migration has ended, nothing that it placed may remain on the shoot.</summary>
public sealed class ReleaseMarksTests : IAsyncLifetime
{
    private MigrationBench bench = null!;

    public static TheoryData<WriteKind> AllWrites => [.. Enum.GetValues<WriteKind>()];

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task ReleaseMarks_OperationNotTaken_WithdrawsItOnce()
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var receipt = await bench.WrittenAsync(bench.Nodes.RequestRolloutAsync, WriteKind.Rollout);
        var input = new ReleaseMarksInput(Shop, receipt.Observation.Uid)
        {
            Withdraw = [new WithdrawnWrite(receipt.IntentId, WriteKind.Rollout) { Operation = receipt.Operation }],
        };

        var first = await ReleaseAsync(input);
        var second = await ReleaseAsync(input);

        Assert.True(first.Withdrawn);
        await AssertNothingIsLeftAsync();
        Assert.False(second.Withdrawn);
        Assert.NotNull(second.Observation);
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task ReleaseMarks_AnswerOfTheWriteWasLost_LeavesNothingOfOurs(WriteKind kind)
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var unanswered = await LoseAnswerAsync(kind);

        var report = await ReleaseAsync(new ReleaseMarksInput(Shop, unanswered.Intent.Uid) { Withdraw = [Unanswered(unanswered)] });

        Assert.Equal(kind == WriteKind.Rollout, report.Withdrawn);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task ReleaseMarks_RolloutOfOnePoolUnanswered_IsWithdrawn()
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var unanswered = await LoseAnswerAsync(WriteKind.Rollout, "load");
        Assert.Equal("rollout-workers=load", (await bench.ShootAsync()).PendingOperation);

        Assert.True((await ReleaseAsync(new ReleaseMarksInput(Shop, unanswered.Intent.Uid) { Withdraw = [Unanswered(unanswered)] })).Withdrawn);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task ReleaseMarks_UnansweredWriteNeverReachedTheGarden_WithdrawsTheOneBefore()
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var receipt = await bench.WrittenAsync(bench.Nodes.RequestRolloutAsync, WriteKind.Rollout);
        var unanswered = await bench.DecideAsync(WriteKind.CniRun);

        var report = await ReleaseAsync(new ReleaseMarksInput(Shop, unanswered.Intent.Uid)
        {
            Withdraw = [Unanswered(unanswered), new WithdrawnWrite(receipt.IntentId, WriteKind.Rollout) { Operation = receipt.Operation }],
        });

        Assert.True(report.Withdrawn);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task ReleaseMarks_GardenerHasTakenTheRollout_ClaimsNothingAndTakesTheMarksOff()
    {
        await bench.AfterTheFirstRunAsync();
        var unanswered = await LoseAnswerAsync(WriteKind.Rollout);
        await bench.Garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { PendingRollouts.Count: > 0 });

        var report = await ReleaseAsync(new ReleaseMarksInput(Shop, unanswered.Intent.Uid) { Withdraw = [Unanswered(unanswered)] });

        Assert.False(report.Withdrawn);
        Assert.False(report.Observation!.Marked);
        Assert.True(report.Observation.PendingRolloutCount > 0);
    }

    [Fact]
    public async Task ReleaseMarks_SomebodyElsesOperationLiesThere_IsLeftAlone()
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var unanswered = await LoseAnswerAsync(WriteKind.Rollout);
        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "rotate-ssh-keypair");

        var report = await ReleaseAsync(new ReleaseMarksInput(Shop, unanswered.Intent.Uid) { Withdraw = [Unanswered(unanswered)] });

        Assert.Equal((false, "rotate-ssh-keypair", false), (report.Withdrawn, report.Observation!.PendingOperation, report.Observation.Marked));
    }

    [Fact]
    public async Task ReleaseMarks_ItsOwnAnswerIsLost_StillSaysThatItHasWithdrawn()
    {
        await BeforeARolloutThatNobodyTakesAsync();
        var unanswered = await LoseAnswerAsync(WriteKind.Rollout);
        var input = new ReleaseMarksInput(Shop, unanswered.Intent.Uid) { Withdraw = [Unanswered(unanswered)] };
        await bench.Garden.ArmAsync(new { kind = "withholdAnswer", verb = "patch" });
        var beats = new List<object?[]>();

        await Assert.ThrowsAsync<ApplicationFailureException>(
            () => new ActivityEnvironment { Heartbeater = beats.Add }.RunAsync(() => bench.Marks.ReleaseMarksAsync(input)));
        await AssertNothingIsLeftAsync();
        var details = Assert.Single(beats).Select(detail => DataConverter.Default.PayloadConverter.ToPayload(detail)).ToList();
        var next = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { Attempt = 2, HeartbeatDetails = details } };

        Assert.True((await next.RunAsync(() => bench.Marks.ReleaseMarksAsync(input))).Withdrawn);
    }

    [Fact]
    public async Task ReleaseMarks_ShootCreatedAgain_TouchesNothing()
    {
        var uid = (await bench.ShootAsync()).Uid;
        await bench.Garden.RecreateAsync(TestGarden.Shop);

        Assert.Null((await ReleaseAsync(new ReleaseMarksInput(Shop, uid))).Observation);
    }

    private Task<ReleaseMarksReport> ReleaseAsync(ReleaseMarksInput input) => RunAsync(() => bench.Marks.ReleaseMarksAsync(input));

    private async Task BeforeARolloutThatNobodyTakesAsync()
    {
        await bench.AfterTheFirstRunAsync();
        await bench.Garden.ArmAsync(new { kind = "gardenletDown", times = 0 });
    }

    private async Task<WriteInput> LoseAnswerAsync(WriteKind kind, params string[] pools)
    {
        // Marks only what is unmarked, families only where they are missing, a retry only what has failed: any reconcile stands for them.
        var input = await bench.DecideAsync(kind) with { Pools = pools };
        await bench.Garden.ArmAsync(new { kind = "withholdAnswer", verb = "patch" });
        await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => kind == WriteKind.Rollout
            ? bench.Nodes.RequestRolloutAsync(input)
            : bench.Writes.WriteAsync(input, Gardener.Writes.ShootWrite.Reconcile([]))));
        return input;
    }

    private static WithdrawnWrite Unanswered(WriteInput input) => new(input.Intent.Id, input.Intent.Kind) { Pools = input.Pools };

    private async Task AssertNothingIsLeftAsync()
    {
        var shoot = await bench.ShootAsync();
        Assert.Equal((null, null, false), (shoot.PendingOperation, shoot.Intent, shoot.IsMarked));
    }
}
