using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class QueryAndUpdateTests(DevServerProcess server)
{
    [Fact]
    public async Task QueryOfIdleWorkflow_WorkerAnswersFailed_CallerGetsQueryFailed()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var query = worker.QueryAsync();
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
        var query = worker.QueryAsync();
        var task = await worker.PollAsync();
        Assert.Equal(5, task.History.Events.Count);
        await worker.AnswerQueryAsync(task);
        await query;
        var rejected = await worker.QueryAsync(QueryRejectCondition.NotOpen);
        Assert.Equal(WorkflowExecutionStatus.Completed, rejected.QueryRejected.Status);
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
}
