using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class ChildAndChainTests(DevServerProcess server)
{
    [Fact]
    public async Task Child_RunsAndCompletes_ParentSeesStartAndResult()
    {
        var parent = new FakeWorker(server);
        var child = new FakeWorker(server);
        await parent.StartAsync();
        await parent.AnswerAsync(await parent.PollAsync(), StartChild(child));
        var afterStart = await parent.PollAsync();
        var childTask = await child.PollAsync();
        Assert.Equal(parent.Id, childTask.History.Events[0].WorkflowExecutionStartedEventAttributes.ParentWorkflowExecution.WorkflowId);
        await child.AnswerAsync(childTask, FakeWorker.Complete("from child"));
        await parent.AnswerAsync(afterStart);
        var last = await parent.PollAsync();
        var completed = last.History.Events.Single(item => item.EventType == EventType.ChildWorkflowExecutionCompleted).ChildWorkflowExecutionCompletedEventAttributes;
        Assert.Equal("\"from child\"", completed.Result.Payloads_[0].Data.ToStringUtf8());
        var started = last.History.Events.Single(item => item.EventType == EventType.ChildWorkflowExecutionStarted);
        Assert.Equal(started.EventId, completed.StartedEventId);
    }

    [Fact]
    public async Task Child_CancelledBeforeItStarted_HasNoRunIdYet_AndHearsOfIt()
    {
        var parent = new FakeWorker(server);
        var child = new FakeWorker(server);
        await parent.StartAsync();
        var first = await parent.PollAsync();
        await parent.SignalAsync("already here when the child is asked for");
        await parent.AnswerAsync(first, StartChild(child));
        await parent.AnswerAsync(await parent.PollAsync(), new Command
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = child.Id, ChildWorkflowOnly = true },
        });
        var history = await Eventually.HoldsAsync(
            child.HistoryAsync, events => events.Any(item => item.EventType == EventType.WorkflowExecutionCancelRequested));
        Assert.Equal(EventType.WorkflowExecutionStarted, history[0].EventType);
        await Eventually.HoldsAsync(
            parent.HistoryAsync, events => events.Any(item => item.EventType == EventType.ExternalWorkflowExecutionCancelRequested));
    }

    [Fact]
    public async Task Child_IdTaken_StartFailsInTheParent()
    {
        var taken = new FakeWorker(server);
        await taken.StartAsync();
        var parent = new FakeWorker(server);
        await parent.StartAsync();
        await parent.AnswerAsync(await parent.PollAsync(), StartChild(taken));
        var task = await parent.PollAsync();
        Assert.Equal(
            StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
            task.History.Events.Single(item => item.EventType == EventType.StartChildWorkflowExecutionFailed).StartChildWorkflowExecutionFailedEventAttributes.Cause);
    }

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, WorkflowExecutionStatus.Terminated, false)]
    [InlineData(ParentClosePolicy.Abandon, WorkflowExecutionStatus.Running, false)]
    [InlineData(ParentClosePolicy.RequestCancel, WorkflowExecutionStatus.Running, true)]
    public async Task ParentCloses_ChildFollowsItsPolicy(ParentClosePolicy policy, WorkflowExecutionStatus status, bool cancelRequested)
    {
        var parent = new FakeWorker(server);
        var child = new FakeWorker(server);
        await parent.StartAsync();
        await parent.AnswerAsync(await parent.PollAsync(), StartChild(child, policy));
        await parent.AnswerAsync(await parent.PollAsync(), FakeWorker.Complete());
        var described = await Eventually.HoldsAsync(
            () => child.Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = child.Execution }),
            answer => answer.WorkflowExecutionInfo.Status == status && answer.WorkflowExtendedInfo.CancelRequested == cancelRequested);
        Assert.Equal(parent.Id, described.WorkflowExecutionInfo.ParentExecution.WorkflowId);
    }

    [Fact]
    public async Task ExternalSignal_TargetMissing_FailsInTheSender()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), new Command
        {
            CommandType = CommandType.SignalExternalWorkflowExecution,
            SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new WorkflowExecution { WorkflowId = "nobody" }, SignalName = "s" },
        });
        var task = await worker.PollAsync();
        Assert.Contains(task.History.Events, item => item.EventType == EventType.SignalExternalWorkflowExecutionFailed);
    }

    [Fact]
    public async Task ContinueAsNew_NewRun_InheritsTheChain()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), new Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { Input = FakeWorker.Text("next") },
        });
        var task = await worker.PollAsync();
        var started = task.History.Events[0].WorkflowExecutionStartedEventAttributes;
        Assert.Equal((first.RunId, first.RunId), (started.FirstExecutionRunId, started.ContinuedExecutionRunId));
        Assert.NotEqual(first.RunId, task.WorkflowExecution.RunId);
        Assert.Equal(ContinueAsNewInitiator.Workflow, started.Initiator);
    }

    private static Command StartChild(FakeWorker child, ParentClosePolicy policy = ParentClosePolicy.Terminate) => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new()
        {
            WorkflowId = child.Id,
            WorkflowType = new WorkflowType { Name = "Child" },
            TaskQueue = new TaskQueue { Name = child.Queue },
            ParentClosePolicy = policy,
        },
    };
}
