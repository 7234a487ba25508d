using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>What happens while a workflow task is with a worker waits for its end, and then is written in an order of its own.</summary>
[Collection(ServerCollection.Name)]
public sealed class EventBufferingTests(DevServerProcess server)
{
    [Fact]
    public async Task SignalAndActivityResultDuringTask_ActivityClosesLast()
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
        Assert.Equal(
            started.EventId,
            events.Single(item => item.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes.StartedEventId);
    }

    [Fact]
    public async Task ChildEndsDuringTask_ItsEndComesAfterTheSignal_AndAfterItsStart()
    {
        var parent = new FakeWorker(server);
        var child = new FakeWorker(server);
        await parent.StartAsync();
        await parent.SignalAsync("keep busy");
        await parent.AnswerAsync(await parent.PollAsync(), new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new()
            {
                Namespace = "default",
                WorkflowId = child.Id,
                WorkflowType = new() { Name = "Child" },
                TaskQueue = new TaskQueue { Name = child.Queue },
            },
        });
        var childTask = await child.PollAsync();
        var task = await parent.PollAsync();
        await child.AnswerAsync(childTask, FakeWorker.Complete("from child"));
        await Eventually.HoldsAsync(
            () => parent.Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = parent.Execution }),
            answer => answer.PendingChildren.Count == 0);
        await parent.SignalAsync("later");
        await parent.AnswerAsync(task);

        var types = FakeWorker.Types(await parent.HistoryAsync());
        Assert.EndsWith(
            "WorkflowTaskCompleted WorkflowExecutionSignaled ChildWorkflowExecutionCompleted WorkflowTaskScheduled", types, StringComparison.Ordinal);
        Assert.Contains("ChildWorkflowExecutionStarted", types, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignalWhileTaskOnlyWaits_IsWrittenAtOnce()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.SignalAsync("early");
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowExecutionSignaled", FakeWorker.Types(await worker.HistoryAsync()));
        var task = await worker.PollAsync();
        await worker.SignalAsync("buffered");
        Assert.Equal("WorkflowTaskStarted", FakeWorker.Types((await worker.HistoryAsync()).TakeLast(1)));
        Assert.Equal(4, task.StartedEventId);
    }

    [Fact]
    public async Task CancelTimer_TimerFiredMeanwhile_WorkflowNeverLearnsOfIt()
    {
        var (worker, task) = await FiredTimer.BehindTaskAsync(server);
        await worker.AnswerAsync(task, FiredTimer.Cancel());
        var events = await worker.HistoryAsync();
        Assert.Equal("TimerCanceled", FakeWorker.Types(events.TakeLast(1)));
        Assert.DoesNotContain(events, item => item.EventType == EventType.TimerFired);
    }
}
