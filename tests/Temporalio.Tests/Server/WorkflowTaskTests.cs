using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class WorkflowTaskTests(DevServerProcess server) : IClassFixture<DevServerProcess>
{
    [Fact]
    public async Task EventBuffering_SignalAndActivityResultDuringTask_ActivityClosesLast()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        await worker.SignalAsync("first");
        var task = await worker.PollAsync();
        var activity = await worker.PollActivityAsync();
        await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = activity.TaskToken, Result = FakeWorker.Text("r") });
        await worker.SignalAsync("second");
        await worker.AnswerAsync(task);

        var events = await worker.HistoryAsync();
        Assert.Equal(
            "WorkflowTaskCompleted ActivityTaskStarted WorkflowExecutionSignaled ActivityTaskCompleted WorkflowTaskScheduled",
            FakeWorker.Types(events.Skip(8)));
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(item => (int)item.EventId));
        var started = events.Single(item => item.EventType == EventType.ActivityTaskStarted);
        Assert.Equal(started.EventId, events.Single(item => item.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes.StartedEventId);
    }

    [Fact]
    public async Task UnhandledCommand_CompletionWithNewSignal_TaskFailsAndIsRepeated()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await worker.SignalAsync("late");
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, FakeWorker.Complete()));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        Assert.Equal("UnhandledCommand", error.Message);

        var again = await worker.PollAsync();
        Assert.Equal(1, again.Attempt);
        await worker.AnswerAsync(again, FakeWorker.Complete());
        var events = await worker.HistoryAsync();
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled " +
            "WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted WorkflowExecutionCompleted",
            FakeWorker.Types(events));
        Assert.Equal(WorkflowTaskFailedCause.UnhandledCommand, events[3].WorkflowTaskFailedEventAttributes.Cause);
    }

    [Fact]
    public async Task TransientAttempts_RepeatedFailures_OnlyTheFirstIsWritten()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.FailAsync(await worker.PollAsync());
        var second = await worker.PollAsync();
        Assert.Equal(2, second.Attempt);
        Assert.Equal([1, 2, 3, 4, 5, 6], second.History.Events.Select(item => (int)item.EventId));
        Assert.Equal(6, second.StartedEventId);
        await worker.FailAsync(second);
        var third = await worker.PollAsync();
        Assert.Equal(3, third.Attempt);
        Assert.Equal(4, (await worker.HistoryAsync()).Count);

        await worker.AnswerAsync(third, FakeWorker.Complete());
        Assert.Equal(
            "WorkflowTaskFailed WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted WorkflowExecutionCompleted",
            FakeWorker.Types((await worker.HistoryAsync()).Skip(3)));
    }

    [Fact]
    public async Task TransientAttempts_SignalArrives_TaskIsOrdinaryAgain()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.FailAsync(await worker.PollAsync());
        await worker.SignalAsync("news");
        var task = await worker.PollAsync();
        Assert.Equal(1, task.Attempt);
        Assert.Equal(
            "WorkflowTaskFailed WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskStarted",
            FakeWorker.Types((await worker.HistoryAsync()).Skip(3)));
    }

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

    [Fact]
    public async Task CancelTimer_TimerFiredMeanwhile_WorkflowNeverLearnsOfIt()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromMilliseconds(300)));
        await worker.SignalAsync("wake");
        var task = await worker.PollAsync();
        // A timer that another workflow started later tells when this one's has fired.
        var other = new FakeWorker(server);
        await other.StartAsync();
        await other.AnswerAsync(await other.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromMilliseconds(300)));
        await other.PollAsync();
        await worker.AnswerAsync(task, new Command
        {
            CommandType = CommandType.CancelTimer,
            CancelTimerCommandAttributes = new() { TimerId = "t" },
        });
        var events = await worker.HistoryAsync();
        Assert.Equal("TimerCanceled", FakeWorker.Types(events.TakeLast(1)));
        Assert.DoesNotContain(events, item => item.EventType == EventType.TimerFired);
    }
}
