using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class ResetTests(DevServerProcess server)
{
    [Fact]
    public async Task Reset_ToFirstTask_KeepsThePastAndBringsSignalsAndUpdatesBack()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        await worker.SignalAsync("later");
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u");
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task, [], FakeWorker.Accept(task.Messages[0], complete: true));
        await update;

        var reset = await worker.Service.ResetWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = worker.Execution,
            WorkflowTaskFinishEventId = 4,
            Reason = "try again",
            RequestId = "reset",
        });
        var old = await worker.Service.DescribeWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            Execution = new WorkflowExecution { WorkflowId = worker.Id, RunId = first.RunId },
        });
        Assert.Equal(WorkflowExecutionStatus.Terminated, old.WorkflowExecutionInfo.Status);
        var events = await worker.HistoryAsync();
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled " +
            "WorkflowExecutionUpdateAdmitted WorkflowTaskScheduled",
            FakeWorker.Types(events));
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(item => (int)item.EventId));
        var failed = events[3].WorkflowTaskFailedEventAttributes;
        Assert.Equal(
            (WorkflowTaskFailedCause.ResetWorkflow, first.RunId, reset.RunId), (failed.Cause, failed.BaseRunId, failed.NewRunId));
        Assert.Equal(first.RunId, events[0].WorkflowExecutionStartedEventAttributes.OriginalExecutionRunId);
        var again = await worker.PollAsync();
        Assert.Equal("u", Assert.Single(again.Messages).ProtocolInstanceId);
        await worker.AnswerAsync(again, [FakeWorker.Complete()], FakeWorker.Reject(again.Messages[0]));
        Assert.Equal(EventType.WorkflowExecutionCompleted, (await worker.HistoryAsync())[^1].EventType);
    }

    [Fact]
    public async Task Reset_PendingActivity_RunsAgainInTheNewRun()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        var before = await worker.PollActivityAsync();
        await worker.SignalAsync("s");
        await worker.AnswerAsync(await worker.PollAsync());
        await worker.Service.ResetWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = worker.Execution,
            WorkflowTaskFinishEventId = 9,
            Reason = "r",
        });
        var after = await worker.PollActivityAsync();
        Assert.Equal(before.ActivityId, after.ActivityId);
        Assert.NotEqual(before.WorkflowExecution.RunId, after.WorkflowExecution.RunId);
        var gone = await Assert.ThrowsAsync<RpcException>(() => worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = before.TaskToken }));
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
    }

    [Fact]
    public async Task Reset_ToAnEventThatEndsNoTask_IsRefused()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.Service.ResetWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = worker.Execution,
            WorkflowTaskFinishEventId = 2,
        }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
    }

    [Fact]
    public async Task Reset_BeforeTheFirstTaskCompleted_AsTheCliAsksForFirstAndLastTask()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        await worker.SignalAsync("s");
        var reset = await worker.Service.ResetWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = worker.Execution,
            WorkflowTaskFinishEventId = 3,
            Reason = "r",
        });
        var events = await worker.HistoryAsync();
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled WorkflowTaskScheduled",
            FakeWorker.Types(events));
        var failed = events[3].WorkflowTaskFailedEventAttributes;
        Assert.Equal((2L, 3L, first.RunId, reset.RunId), (failed.ScheduledEventId, failed.StartedEventId, failed.BaseRunId, failed.NewRunId));
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        Assert.Equal(EventType.WorkflowExecutionCompleted, (await worker.HistoryAsync())[^1].EventType);
    }

    [Fact]
    public async Task Reset_ReapplyTypeSignal_LeavesUpdatesOut()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u");
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task, [], FakeWorker.Accept(task.Messages[0], complete: true));
        await update;
        await worker.SignalAsync("s");
        await worker.Service.ResetWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = worker.Execution,
            WorkflowTaskFinishEventId = 4,
            Reason = "r",
            ResetReapplyType = ResetReapplyType.Signal,
        });
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled WorkflowTaskScheduled",
            FakeWorker.Types(await worker.HistoryAsync()));
    }
}
