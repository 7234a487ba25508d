using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class QueryAndUpdateTests(DevServerProcess server) : IClassFixture<DevServerProcess>
{
    [Fact]
    public async Task QueryDuringTask_CompletionDoesNotAnswer_IsDispatchedAgain()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        var query = QueryAsync(worker);
        await worker.SignalAsync("next");
        await worker.AnswerAsync(first);
        var second = await worker.PollAsync();
        await worker.AnswerAsync(second);

        var direct = await worker.PollAsync();
        Assert.NotNull(direct.Query);
        Assert.Equal(0, direct.StartedEventId);
        await AnswerAsync(worker, direct);
        Assert.Equal("\"42\"", (await query).QueryResult.Payloads_[0].Data.ToStringUtf8());
    }

    [Fact]
    public async Task QueryOfIdleWorkflow_WorkerAnswersFailed_CallerGetsQueryFailed()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var query = QueryAsync(worker);
        var task = await worker.PollAsync();
        await worker.Service.RespondQueryTaskCompletedAsync(new()
        {
            TaskToken = task.TaskToken,
            CompletedType = QueryResultType.Failed,
            ErrorMessage = "cannot say",
        });
        var error = await Assert.ThrowsAsync<RpcException>(() => query);
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        Assert.Equal("cannot say", error.Message);
        Assert.EndsWith("QueryFailedFailure", Assert.Single(error.GrpcStatus.Value!.Details).TypeUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryOfClosedWorkflow_WorkerPolls_GetsFullHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        var query = QueryAsync(worker);
        var task = await worker.PollAsync();
        Assert.Equal(5, task.History.Events.Count);
        await AnswerAsync(worker, task);
        await query;
        var rejected = await QueryAsync(worker, QueryRejectCondition.NotOpen);
        Assert.Equal(WorkflowExecutionStatus.Completed, rejected.QueryRejected.Status);
    }

    [Fact]
    public async Task SpeculativeTask_UpdateRejected_LeavesNoTraceAndResetsTheWorker()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        Assert.Equal([1, 2, 3, 4, 5, 6], task.History.Events.Select(item => (int)item.EventId));
        var response = await worker.AnswerAsync(task, [], FakeWorker.Reject(Assert.Single(task.Messages)));
        Assert.Equal(3, response.ResetHistoryEventId);
        Assert.Equal("rejected", (await update).Outcome.Failure.Message);
        Assert.Equal(4, (await worker.HistoryAsync()).Count);
    }

    [Fact]
    public async Task SpeculativeTask_SignalArrives_BecomesPartOfTheHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        await worker.SignalAsync("meanwhile");
        await worker.AnswerAsync(task, [], FakeWorker.Reject(task.Messages[0]));
        await update;
        Assert.Equal(
            "WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted WorkflowExecutionSignaled WorkflowTaskScheduled",
            FakeWorker.Types((await worker.HistoryAsync()).Skip(4)));
    }

    [Fact]
    public async Task Update_SameIdTwice_RunsOnceAndIsReadableAfterClose()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var first = worker.UpdateAsync("u1");
        var second = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task, [], FakeWorker.Accept(Assert.Single(task.Messages), complete: true));
        Assert.Equal((await first).Outcome, (await second).Outcome);
        await worker.SignalAsync("end");
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        Assert.Equal((await first).Outcome, (await worker.UpdateAsync("u1")).Outcome);
        Assert.Single(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowExecutionUpdateCompleted);
    }

    [Fact]
    public async Task UpdatesAtClose_AcceptedFailsAndUnacceptedIsNotFound()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var accepted = worker.UpdateAsync("accepted");
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task, [], FakeWorker.Accept(task.Messages[0], complete: false));
        var waiting = worker.UpdateAsync("waiting");
        var last = await worker.PollAsync();
        Assert.Single(last.Messages);
        await worker.AnswerAsync(last, FakeWorker.Complete());

        Assert.Equal("AcceptedUpdateCompletedWorkflow", (await accepted).Outcome.Failure.ApplicationFailureInfo.Type);
        var error = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
        Assert.Equal("workflow update was aborted by closing workflow", error.Message);
        var late = await Assert.ThrowsAsync<RpcException>(() => worker.UpdateAsync("late"));
        Assert.Equal("workflow execution already completed", late.Message);
    }

    [Fact]
    public async Task Update_WorkerIgnoresIt_IsRejectedByTheServer()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromHours(1)));
        Assert.Equal("UnprocessedUpdate", (await update).Outcome.Failure.ApplicationFailureInfo.Type);
    }

    [Fact]
    public async Task UpdateWithStart_ConflictPolicyMissing_BothOperationsSayWhy()
    {
        var worker = new FakeWorker(server);
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.Service.ExecuteMultiOperationAsync(new()
        {
            Namespace = "default",
            Operations =
            {
                new ExecuteMultiOperationRequest.Types.Operation { StartWorkflow = worker.StartRequest() },
                new ExecuteMultiOperationRequest.Types.Operation
                {
                    UpdateWorkflow = new()
                    {
                        Namespace = "default",
                        WorkflowExecution = worker.Execution,
                        Request = new() { Meta = new() { UpdateId = "u" }, Input = new() { Name = "u" } },
                    },
                },
            },
        }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        var failure = global::Temporalio.Api.ErrorDetails.V1.MultiOperationExecutionFailure.Parser.ParseFrom(
            Assert.Single(error.GrpcStatus.Value!.Details).Value);
        Assert.Equal([3, 10], failure.Statuses.Select(status => status.Code));
    }

    private static Task<QueryWorkflowResponse> QueryAsync(FakeWorker worker, QueryRejectCondition reject = QueryRejectCondition.None) =>
        worker.Service.QueryWorkflowAsync(
            new()
            {
                Namespace = "default",
                Execution = worker.Execution,
                Query = new() { QueryType = "q" },
                QueryRejectCondition = reject,
            },
            new() { Timeout = TimeSpan.FromSeconds(20) });

    private static Task<RespondQueryTaskCompletedResponse> AnswerAsync(FakeWorker worker, PollWorkflowTaskQueueResponse task) => worker.Service.RespondQueryTaskCompletedAsync(new()
    {
        TaskToken = task.TaskToken,
        CompletedType = QueryResultType.Answered,
        QueryResult = FakeWorker.Text("42"),
    });
}
