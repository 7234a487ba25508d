using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>What callers of updates are told when the workflow ends before them depends on how far they got, and on how it ends.</summary>
[Collection(ServerCollection.Name)]
public sealed class UpdatesAtCloseTests(DevServerProcess server)
{
    [Fact]
    public async Task ClosedForGood_AcceptedFailsAndUnacceptedIsNotFound()
    {
        var worker = new FakeWorker(server);
        var accepted = await TakenUpAsync(worker, "accepted", complete: false);
        var waiting = worker.UpdateAsync("waiting");
        var last = await worker.PollAsync();
        Assert.Single(last.Messages);
        await worker.AnswerAsync(last, FakeWorker.Complete());

        var outcome = (await accepted).Outcome.Failure;
        Assert.Equal("AcceptedUpdateCompletedWorkflow", outcome.ApplicationFailureInfo.Type);
        Assert.True(outcome.ApplicationFailureInfo.NonRetryable);
        var error = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
        Assert.Equal("workflow update was aborted by closing workflow", error.Message);
        var late = await Assert.ThrowsAsync<RpcException>(() => worker.UpdateAsync("late"));
        Assert.Equal("workflow execution already completed", late.Message);
    }

    [Fact]
    public async Task ContinuedAsNew_UnacceptedGoesToTheNewRun_AcceptedFails()
    {
        var worker = new FakeWorker(server);
        var accepted = await TakenUpAsync(worker, "accepted", complete: false);
        var waiting = worker.UpdateAsync("waiting");
        await worker.AnswerAsync(await worker.PollAsync(), new Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = "Type" } },
        });

        Assert.Equal("AcceptedUpdateCompletedWorkflow", (await accepted).Outcome.Failure.ApplicationFailureInfo.Type);

        // The server tries it again by itself, on the new run.
        var next = await worker.PollAsync();
        if (next.Messages.Count == 0)
        {
            await worker.AnswerAsync(next);
            next = await worker.PollAsync();
        }

        await worker.AnswerAsync(next, [], FakeWorker.Accept(Assert.Single(next.Messages), complete: true));
        Assert.NotNull((await waiting).Outcome.Success);
    }

    [Fact]
    public async Task Terminated_UnacceptedIsNotFound_CompletedStaysReadable()
    {
        var worker = new FakeWorker(server);
        var done = await TakenUpAsync(worker, "done", complete: true);
        await done;
        var waiting = worker.UpdateAsync("waiting");
        await worker.PollAsync();
        await worker.Service.TerminateWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = worker.Execution });

        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => waiting)).Code);
        Assert.Equal((await done).Outcome, (await worker.UpdateAsync("done")).Outcome);
    }

    // Ends when the worker has answered; the caller's own task ends with the update.
    private static async Task<Task<UpdateWorkflowExecutionResponse>> TakenUpAsync(FakeWorker worker, string id, bool complete)
    {
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync(id);
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task, [], FakeWorker.Accept(task.Messages[0], complete));
        return update;
    }
}
