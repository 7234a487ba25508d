using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;
using static Dualstack.Activities.Tests.MigrationBench;

namespace Dualstack.Activities.Tests;

public sealed class WriteActivitiesTests : IAsyncLifetime
{
    private MigrationBench bench = null!;

    public static TheoryData<WriteKind> AllWrites => [.. Enum.GetValues<WriteKind>()];

    /// <summary>All but the marks, which go beside any operation.</summary>
    public static TheoryData<WriteKind> AllRequests => [.. Enum.GetValues<WriteKind>().Where(kind => kind != WriteKind.Mark)];

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task EveryWrite_AnswerWithheldThenRetried_StandsInTheAuditOnce(WriteKind kind)
    {
        var activity = await PrepareAsync(kind);
        var input = await bench.DecideAsync(kind);
        await bench.Garden.ArmAsync(new { kind = "withholdAnswer", verb = "patch" });

        var lost = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => activity(input)));
        var receipt = await RunAsync(() => activity(input));
        var again = await RunAsync(() => activity(input));

        Assert.Equal((ErrorTypes.GardenUnreachable, false), (lost.ErrorType, lost.NonRetryable));
        Assert.Equal((WriteOutcome.AlreadyWritten, WriteOutcome.AlreadyWritten), (receipt.Outcome, again.Outcome));
        Assert.Equal((input.Intent.Id, kind, input.Intent.Generation), (receipt.IntentId, receipt.Kind, receipt.GenerationBefore));
        Assert.Equal(kind != WriteKind.Mark, receipt.Observation.Generation > receipt.GenerationBefore);
        Assert.Equal(input.Intent.Id, receipt.Observation.IntentId);
        Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, input.Intent.Id));
    }

    [Theory]
    [MemberData(nameof(AllRequests))]
    public async Task EveryWrite_AnotherOperationWaits_IsLeftAlone(WriteKind kind)
    {
        var activity = await PrepareAsync(kind);
        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, kind == WriteKind.RetryFailedRun ? "maintain" : "retry");
        var input = await bench.DecideAsync(kind);

        var receipt = await RunAsync(() => activity(input));

        Assert.Equal(WriteOutcome.DecideAnew, receipt.Outcome);
        Assert.Contains("must not be overwritten", receipt.Why, StringComparison.Ordinal);
        Assert.Empty(await bench.Garden.CommittedAsync(TestGarden.Shop, input.Intent.Id));
    }

    [Fact]
    public async Task UpdateNetworking_ShootCreatedAgain_FailsForGood()
    {
        var input = await bench.DecideAsync(WriteKind.IpFamilies);
        await bench.Garden.RecreateAsync(TestGarden.Shop);

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Infrastructure.UpdateNetworkingAsync(input)));

        Assert.Equal((ErrorTypes.UidChanged, true), (error.ErrorType, error.NonRetryable));
    }

    [Fact]
    public async Task UpdateNetworking_RightMissing_FailsAndNamesIt()
    {
        var input = await bench.DecideAsync(WriteKind.IpFamilies);
        await bench.Garden.ArmAsync(new { kind = "answerWith", verb = "patch", code = 403 });

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Infrastructure.UpdateNetworkingAsync(input)));

        Assert.Equal((ErrorTypes.RightsMissing, false), (error.ErrorType, error.NonRetryable));
        Assert.Contains("patch", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task UpdateNetworking_GardenTooBusy_IsTriedAgainWhenItSays()
    {
        var input = await bench.DecideAsync(WriteKind.IpFamilies);
        await bench.Garden.ArmAsync(new { kind = "answerWith", verb = "patch", code = 429, retryAfterSeconds = 7 });

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Infrastructure.UpdateNetworkingAsync(input)));

        Assert.Equal((ErrorTypes.GardenUnreachable, false), (error.ErrorType, error.NonRetryable));
        Assert.Equal(TimeSpan.FromSeconds(7), error.NextRetryDelay);
    }

    [Fact]
    public async Task UpdateNetworking_RefusedByAWebhook_GivesItsWords()
    {
        var input = await bench.DecideAsync(WriteKind.IpFamilies);
        await bench.Garden.ArmAsync(new { kind = "webhookDenial", message = "not on a Friday" });

        var receipt = await RunAsync(() => bench.Infrastructure.UpdateNetworkingAsync(input));

        Assert.Equal(WriteOutcome.Refused, receipt.Outcome);
        Assert.Contains("not on a Friday", receipt.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateNetworking_FamiliesSetByHandMeanwhile_WritesNothing()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        var input = await bench.DecideAsync(WriteKind.IpFamilies);

        var receipt = await RunAsync(() => bench.Infrastructure.UpdateNetworkingAsync(input));

        Assert.Equal(WriteOutcome.Unchanged, receipt.Outcome);
    }

    [Fact]
    public async Task SetMarks_OnAShootBroughtHalfWay_SetsThemOnceAndNothingElse()
    {
        var input = await bench.DecideAsync(WriteKind.Mark);

        var first = await RunAsync(() => bench.Marks.SetMarksAsync(input));
        var second = await RunAsync(() => bench.Marks.SetMarksAsync(input));

        Assert.Equal((WriteOutcome.Written, WriteOutcome.AlreadyWritten), (first.Outcome, second.Outcome));
        Assert.True(second.Observation.Marked);
        Assert.Equal(input.Intent.Generation, second.Observation.Generation);
        Assert.Single(await bench.Garden.CommittedAsync(TestGarden.Shop, input.Intent.Id));
    }

    [Fact]
    public async Task RequestInfrastructureRun_WithTask_AddsItToThoseThere()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.TasksAnnotation, "restartCoreAddons");
        var input = await bench.DecideAsync(WriteKind.InfrastructureRun) with { Tasks = ["deployInfrastructure"] };

        var receipt = await RunAsync(() => bench.Infrastructure.RequestInfrastructureRunAsync(input));

        Assert.Equal(WriteOutcome.Written, receipt.Outcome);
        Assert.Equal("reconcile", receipt.Operation);
        Assert.Equal(["deployInfrastructure", "restartCoreAddons"], (await bench.ShootAsync()).Tasks.Order());
    }

    [Fact]
    public async Task RequestRollout_NoPoolsNamed_IsForAllOfThem()
    {
        await bench.AfterTheFirstRunAsync();

        var receipt = await bench.WrittenAsync(bench.Nodes.RequestRolloutAsync, WriteKind.Rollout);

        Assert.Equal(["sys", "load"], receipt.Pools);
        Assert.Equal("rollout-workers=*", receipt.Operation);
    }

    [Fact]
    public async Task RequestRollout_PoolThatTheShootDoesNotHave_SaysThatTheRequestDoesNotFit()
    {
        await bench.AfterTheFirstRunAsync();
        var input = await bench.DecideAsync(WriteKind.Rollout) with { Pools = ["zz"] };

        var receipt = await RunAsync(() => bench.Nodes.RequestRolloutAsync(input));

        Assert.Equal((WriteOutcome.DecideAnew, true), (receipt.Outcome, receipt.Unfit));
        Assert.Equal("There is no worker pool \"zz\"; the pools are sys, load.", receipt.Why);
    }

    [Fact]
    public async Task RequestRollout_AlreadyRunning_IsNotAskedForTwice()
    {
        await bench.AfterTheFirstRunAsync();
        await bench.WrittenAsync(bench.Nodes.RequestRolloutAsync, WriteKind.Rollout);
        await bench.Garden.PassUntilAsync(TestGarden.Shop, shoot => shoot.PendingRollouts.Count > 0);
        var input = await bench.DecideAsync(WriteKind.Rollout);

        var receipt = await RunAsync(() => bench.Nodes.RequestRolloutAsync(input));

        Assert.Equal(WriteOutcome.DecideAnew, receipt.Outcome);
        Assert.Contains("already running", receipt.Why, StringComparison.Ordinal);
        Assert.False(receipt.Unfit);
    }

    [Fact]
    public async Task RequestRollout_SatOutAnOutage_IsDecidedAnew()
    {
        await bench.AfterTheFirstRunAsync();
        var input = await bench.DecideAsync(WriteKind.Rollout);

        await AssertDecidedAnewAsync(input with { Intent = input.Intent with { DecidedAt = input.Intent.DecidedAt.AddMinutes(-6) } }, "older than the count of nodes");
    }

    [Fact]
    public async Task RequestRollout_NodesTurnedOutDualMeanwhile_RollsNone()
    {
        await bench.AfterTheNodesAsync();

        await AssertDecidedAnewAsync(await bench.DecideAsync(WriteKind.Rollout), "already seen");
    }

    [Fact]
    public async Task RequestRollout_GardenerWaitsForNodesNoMore_RollsNone()
    {
        await bench.AfterTheCniAsync();

        await AssertDecidedAnewAsync(await bench.DecideAsync(WriteKind.Rollout) with { NodesConstrained = true }, "does not wait for nodes any more");
    }

    [Fact]
    public async Task RequestRollout_IntoARunOfTheSameGeneration_WritesNothing()
    {
        await bench.AfterTheFirstRunAsync();
        await bench.Garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { LastOperation.State: "Processing" });

        await AssertDecidedAnewAsync(await bench.DecideAsync(WriteKind.Rollout), "has not ended its work");
    }

    private async Task AssertDecidedAnewAsync(WriteInput input, string why)
    {
        var receipt = await RunAsync(() => bench.Nodes.RequestRolloutAsync(input));

        Assert.Equal(WriteOutcome.DecideAnew, receipt.Outcome);
        Assert.Contains(why, receipt.Why, StringComparison.Ordinal);
        Assert.Empty(await bench.Garden.CommittedAsync(TestGarden.Shop, input.Intent.Id));
    }

    private async Task<Func<WriteInput, Task<WriteReceipt>>> PrepareAsync(WriteKind kind)
    {
        Task ready = kind switch
        {
            WriteKind.IpFamilies or WriteKind.Mark => Task.CompletedTask,
            WriteKind.InfrastructureRun or WriteKind.ControlPlaneRun => bench.StuckBeforeTheFirstRunAsync(),
            WriteKind.Rollout or WriteKind.NodeCheckRun => bench.AfterTheFirstRunAsync(),
            WriteKind.CniRun => bench.AfterTheNodesAsync(),
            WriteKind.RetryFailedRun => bench.AfterAFailedRunAsync(),
            _ => bench.AfterTheCniAsync(),
        };
        await ready;
        return kind switch
        {
            WriteKind.IpFamilies => bench.Infrastructure.UpdateNetworkingAsync,
            WriteKind.InfrastructureRun => bench.Infrastructure.RequestInfrastructureRunAsync,
            WriteKind.ControlPlaneRun => bench.ControlPlane.RequestControlPlaneRunAsync,
            WriteKind.Rollout => bench.Nodes.RequestRolloutAsync,
            WriteKind.NodeCheckRun => bench.Nodes.RequestNodeCheckAsync,
            WriteKind.CniRun => bench.Cni.ConfigureCniAsync,
            WriteKind.CoreDnsRun => bench.Dns.RestartCoreDnsAsync,
            WriteKind.KubeDnsRun => bench.Dns.SwitchKubeDnsAsync,
            WriteKind.RetryFailedRun => bench.ControlPlane.RetryFailedRunAsync,
            WriteKind.Mark => bench.Marks.SetMarksAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
