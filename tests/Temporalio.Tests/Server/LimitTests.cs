using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class LimitTests : IAsyncLifetime
{
    private readonly DevServerProcess server = new(
    [
        "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=6",
        "--dynamic-config-value", "limit.historyCount.error=12",
        "--dynamic-config-value", "limit.blobSize.error=1000",
        "--dynamic-config-value", "limit.numPendingActivities.error=2",
        "--dynamic-config-value", "limit.maxIDLength=60",
    ]);

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task LongHistory_SuggestsContinueAsNewAndIsEndedAtTheLimit()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        Assert.False(task.History.Events[^1].WorkflowTaskStartedEventAttributes.SuggestContinueAsNew);
        await worker.AnswerAsync(task);
        await worker.SignalAsync("s");
        task = await worker.PollAsync();
        Assert.True(task.History.Events[^1].WorkflowTaskStartedEventAttributes.SuggestContinueAsNew);
        await worker.AnswerAsync(task);
        await worker.SignalAsync("s");
        await worker.AnswerAsync(await worker.PollAsync());
        var last = (await worker.HistoryAsync())[^1];
        Assert.Equal(EventType.WorkflowExecutionTerminated, last.EventType);
        Assert.Contains("history count", last.WorkflowExecutionTerminatedEventAttributes.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargeActivityInput_EndsTheWorkflow_AsNoOtherAttemptCouldDoBetter()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await worker.SignalAsync("seen by nobody");
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            worker.AnswerAsync(task, [worker.Activity("1", command => command.Input = FakeWorker.Text(new string('x', 1100)))], null));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        var events = await worker.HistoryAsync();
        Assert.EndsWith("WorkflowTaskFailed WorkflowExecutionSignaled WorkflowExecutionTerminated", FakeWorker.Types(events), StringComparison.Ordinal);
        Assert.Equal(refused.Message, events[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
    }

    [Fact]
    public async Task LargeActivityResult_FailsTheActivityForGood()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        var activity = await worker.PollActivityAsync();
        await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = activity.TaskToken, Result = FakeWorker.Text(new string('x', 1100)) });
        var failed = Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.ActivityTaskFailed).ActivityTaskFailedEventAttributes;
        Assert.Equal((RetryState.NonRetryableFailure, "Complete result exceeds size limit."), (failed.RetryState, failed.Failure.Message));
    }

    [Fact]
    public async Task LargeHeartbeat_FailsTheActivityForGood()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        var activity = await worker.PollActivityAsync();
        var answer = await worker.Service.RecordActivityTaskHeartbeatAsync(
            new() { TaskToken = activity.TaskToken, Details = FakeWorker.Text(new string('x', 1100)) });
        Assert.True(answer.CancelRequested);
        var failed = Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.ActivityTaskFailed).ActivityTaskFailedEventAttributes;
        Assert.Equal((RetryState.NonRetryableFailure, "Heartbeat details exceed size limit."), (failed.RetryState, failed.Failure.Message));
    }

    [Fact]
    public async Task OneActivityTooManyPending_FailsTheTaskWithItsCause()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, worker.Activity("1"), worker.Activity("2"), worker.Activity("3")));
        var events = await worker.HistoryAsync();
        Assert.Equal(WorkflowTaskFailedCause.PendingActivitiesLimitExceeded, events[3].WorkflowTaskFailedEventAttributes.Cause);
        Assert.DoesNotContain(events, item => item.EventType == EventType.ActivityTaskScheduled);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a workflow id of more than the sixty characters that this server takes")]
    public async Task WorkflowIdOfABadLength_IsRefusedByName(string id)
    {
        var worker = new FakeWorker(server);
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync(request => request.WorkflowId = id));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.Contains("WorkflowId", refused.Message, StringComparison.Ordinal);
    }
}
