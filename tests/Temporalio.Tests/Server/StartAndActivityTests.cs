using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class StartAndActivityTests(DevServerProcess server)
{
    [Fact]
    public async Task Start_SameRequestId_IsTheSameRun()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync(request => request.RequestId = "same");
        var second = await worker.StartAsync(request => request.RequestId = "same");
        Assert.Equal(first.RunId, second.RunId);
        Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowExecutionStarted);
    }

    [Fact]
    public async Task SignalWithStart_WithoutASignalName_IsRefusedAndStartsNothing()
    {
        var worker = new FakeWorker(server);
        var start = worker.StartRequest();
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.Service.SignalWithStartWorkflowExecutionAsync(new()
        {
            Namespace = start.Namespace,
            WorkflowId = start.WorkflowId,
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
        }));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, "SignalName is not set on request."), (error.Code, error.Message));
        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(worker.HistoryAsync)).Code);
    }

    [Fact]
    public async Task Start_IdInUse_IsAlreadyExistsWithOneDetail()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync());
        Assert.Equal(RpcException.StatusCode.AlreadyExists, error.Code);
        var failure = global::Temporalio.Api.ErrorDetails.V1.WorkflowExecutionAlreadyStartedFailure.Parser.ParseFrom(
            Assert.Single(error.GrpcStatus.Value!.Details).Value);
        Assert.Equal(first.RunId, failure.RunId);
    }

    [Fact]
    public async Task Start_TerminateExisting_EndsTheOldRun()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        var second = await worker.StartAsync(request => request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting);
        Assert.NotEqual(first.RunId, second.RunId);
        var old = await worker.Service.DescribeWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            Execution = new WorkflowExecution { WorkflowId = worker.Id, RunId = first.RunId },
        });
        Assert.Equal(WorkflowExecutionStatus.Terminated, old.WorkflowExecutionInfo.Status);
    }

    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, true)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, false)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, false)]
    public async Task Start_AfterCompletion_FollowsTheReusePolicy(WorkflowIdReusePolicy policy, bool allowed)
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        var again = () => worker.StartAsync(request => request.WorkflowIdReusePolicy = policy);
        if (allowed)
        {
            Assert.True((await again()).Started);
        }
        else
        {
            Assert.Equal(RpcException.StatusCode.AlreadyExists, (await Assert.ThrowsAsync<RpcException>(again)).Code);
        }
    }

    [Fact]
    public async Task Signal_SameRequestId_IsWrittenOnce()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.SignalAsync("s", "request");
        await worker.SignalAsync("s", "request");
        Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowExecutionSignaled);
    }

    [Fact]
    public async Task Cancel_Twice_IsOneEventAndNoError()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await worker.Service.RequestCancelWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = worker.Execution, Reason = "r" });
        }

        Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowExecutionCancelRequested);
    }

    [Fact]
    public async Task StartDelay_SignalArrives_EndsTheDelay()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync(request => request.WorkflowStartDelay = Duration.FromTimeSpan(TimeSpan.FromHours(1)));
        Assert.Equal("WorkflowExecutionStarted", FakeWorker.Types(await worker.HistoryAsync()));
        await worker.SignalAsync("now");
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskStarted",
            FakeWorker.Types((await worker.PollAsync()).History.Events));
    }

    [Fact]
    public async Task ActivityFailure_Retried_KeepsHeartbeatAndShowsOnlyTheLastAttempt()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1", command =>
            command.RetryPolicy = new() { InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) }));
        var first = await worker.PollActivityAsync();
        await worker.Service.RecordActivityTaskHeartbeatAsync(new() { TaskToken = first.TaskToken, Details = FakeWorker.Text("half") });
        await worker.Service.RespondActivityTaskFailedAsync(new() { TaskToken = first.TaskToken, Failure = new() { Message = "once", ApplicationFailureInfo = new() { Type = "T" } } });
        var described = await worker.Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = worker.Execution });
        var pending = Assert.Single(described.PendingActivities);
        Assert.Equal((2, "once"), (pending.Attempt, pending.LastFailure.Message));

        var second = await worker.PollActivityAsync();
        Assert.Equal(2, second.Attempt);
        Assert.Equal("\"half\"", second.HeartbeatDetails.Payloads_[0].Data.ToStringUtf8());
        var stale = await Assert.ThrowsAsync<RpcException>(() =>
            worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = first.TaskToken }));
        Assert.Equal(RpcException.StatusCode.NotFound, stale.Code);
        await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = second.TaskToken, Result = FakeWorker.Text("ok") });
        var started = Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.ActivityTaskStarted);
        Assert.Equal((2, "once"), (started.ActivityTaskStartedEventAttributes.Attempt, started.ActivityTaskStartedEventAttributes.LastFailure.Message));
    }

    [Fact]
    public async Task ActivityCancel_BeforeAWorkerHadIt_IsCanceledAtOnce()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"));
        await worker.SignalAsync("wake");
        await worker.AnswerAsync(await worker.PollAsync(), new global::Temporalio.Api.Command.V1.Command
        {
            CommandType = CommandType.RequestCancelActivityTask,
            RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = 5 },
        });
        Assert.Equal(
            "ActivityTaskCancelRequested ActivityTaskCanceled WorkflowTaskScheduled",
            FakeWorker.Types((await worker.HistoryAsync()).TakeLast(3)));
    }

    [Fact]
    public async Task ActivityById_Completed_EntersTheHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("by-id"));
        await worker.PollActivityAsync();
        await worker.Service.RespondActivityTaskCompletedByIdAsync(new()
        {
            Namespace = "default",
            WorkflowId = worker.Id,
            ActivityId = "by-id",
            Result = FakeWorker.Text("x"),
        });
        Assert.Contains(await worker.HistoryAsync(), item => item.EventType == EventType.ActivityTaskCompleted);
    }

    [Fact]
    public async Task History_CloseEventFilter_WaitsForTheEnd()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        var closing = worker.Service.GetWorkflowExecutionHistoryAsync(new()
        {
            Namespace = "default",
            Execution = worker.Execution,
            WaitNewEvent = true,
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
        });
        await worker.AnswerAsync(task, FakeWorker.Complete());
        var item = Assert.Single((await closing).History.Events);
        Assert.Equal((EventType.WorkflowExecutionCompleted, 5L), (item.EventType, item.EventId));
    }

    [Fact]
    public async Task History_Pages_EndAtTheEnd()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await worker.SignalAsync("s");
        }

        var ids = new List<long>();
        var token = Google.Protobuf.ByteString.Empty;
        do
        {
            var page = await worker.Service.GetWorkflowExecutionHistoryAsync(new()
            {
                Namespace = "default",
                Execution = worker.Execution,
                MaximumPageSize = 3,
                NextPageToken = token,
            });
            ids.AddRange(page.History.Events.Select(item => item.EventId));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], ids);
    }
}
