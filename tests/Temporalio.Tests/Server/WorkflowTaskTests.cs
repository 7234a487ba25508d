using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class WorkflowTaskTests(DevServerProcess server)
{
    [Fact]
    public async Task StickyTimeout_WorkerGone_TaskGoesToNormalQueueWithFullHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();

        // Shows the server that somebody polls the sticky queue.
        Assert.Empty((await worker.PollAsync(sticky: true, TimeSpan.FromSeconds(3))).TaskToken);
        await worker.AnswerAsync(task, [], request => request.StickyAttributes = new()
        {
            WorkerTaskQueue = new TaskQueue { Name = worker.StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = worker.Queue },
            ScheduleToStartTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMilliseconds(300)),
        });
        await worker.SignalAsync("wake");
        var retried = await worker.PollAsync();
        Assert.Equal(1, retried.History.Events[0].EventId);
        Assert.Equal(1, retried.Attempt);
        Assert.Equal(
            "WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskTimedOut WorkflowTaskScheduled WorkflowTaskStarted",
            FakeWorker.Types(retried.History.Events.Skip(4)));
        Assert.Equal(TimeoutType.ScheduleToStart, retried.History.Events[6].WorkflowTaskTimedOutEventAttributes.TimeoutType);
    }

    [Fact]
    public async Task StickyTask_WorkerPolls_OnlyNewEventsAreShipped()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        var poll = worker.PollAsync(sticky: true);
        await worker.StickyPollerIsKnownAsync();
        await worker.AnswerAsync(task, [], request => request.StickyAttributes = new()
        {
            WorkerTaskQueue = new TaskQueue { Name = worker.StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = worker.Queue },
            ScheduleToStartTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        });
        await worker.SignalAsync("wake");
        var sticky = await poll;
        Assert.Equal(3, sticky.PreviousStartedEventId);
        Assert.Equal(4, sticky.History.Events[0].EventId);
        Assert.Equal(EventType.WorkflowTaskCompleted, sticky.History.Events[0].EventType);
    }

    [Fact]
    public async Task BadCommand_ActivityWithoutTimeout_TaskFailsWithItsCause()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            worker.AnswerAsync(task, FakeWorker.Timer("kept?", TimeSpan.FromHours(1)), worker.Activity("1", command => command.StartToCloseTimeout = null)));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        var events = await worker.HistoryAsync();
        Assert.Equal(WorkflowTaskFailedCause.BadScheduleActivityAttributes, events[3].WorkflowTaskFailedEventAttributes.Cause);
        Assert.DoesNotContain(events, item => item.EventType == EventType.TimerStarted);
    }

    [Fact]
    public async Task TaskToken_OfAnEarlierAttempt_IsNotFound()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        await worker.FailAsync(first);
        await worker.PollAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(first, FakeWorker.Complete()));
        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
    }

    [Fact]
    public async Task ReturnNewTask_SignalWaits_TaskComesWithTheAnswer()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await worker.SignalAsync("buffered");
        var response = await worker.AnswerAsync(task, [], request => request.ReturnNewWorkflowTask = true);
        Assert.NotEmpty(response.WorkflowTask.TaskToken);
        Assert.Equal(3, response.WorkflowTask.PreviousStartedEventId);
        Assert.Contains(response.WorkflowTask.History.Events, item => item.EventType == EventType.WorkflowExecutionSignaled);
        await worker.AnswerAsync(response.WorkflowTask, FakeWorker.Complete());
    }
}
