using Dualstack.Temporalio.Tests.Server;
using Dualstack.Temporalio.Tests.Worker;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>An update to an idle workflow comes with a task that is in no history yet; if it is rejected, the worker has to step back.</summary>
[Collection(ServerCollection.Name)]
public sealed class SpeculativeTaskTests(DevServerProcess server)
{
    [Fact]
    public async Task UpdateRejected_LeavesNoTrace_AndResetHistoryEventIdSendsTheWorkerBack()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        Assert.Equal([1, 2, 3, 4, 5, 6], task.History.Events.Select(item => (int)item.EventId));
        Assert.Equal(4, (await worker.HistoryAsync()).Count);
        var response = await worker.AnswerAsync(task, [], FakeWorker.Reject(Assert.Single(task.Messages)));
        Assert.Equal(3, response.ResetHistoryEventId);
        Assert.Equal("rejected", (await update).Outcome.Failure.Message);
        Assert.Equal(4, (await worker.HistoryAsync()).Count);
    }

    [Fact]
    public async Task UpdateAccepted_TaskIsWrittenAndNothingIsReset()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        var response = await worker.AnswerAsync(task, [], FakeWorker.Accept(Assert.Single(task.Messages), complete: true));
        Assert.Equal(0, response.ResetHistoryEventId);
        await update;
        Assert.Equal(
            "WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted WorkflowExecutionUpdateAccepted WorkflowExecutionUpdateCompleted",
            FakeWorker.Types((await worker.HistoryAsync()).Skip(4)));
    }

    [Fact]
    public async Task SignalArrives_TaskBecomesPartOfTheHistory()
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
    public async Task AnswerRefused_TaskIsWrittenAsFailedAndTheUpdateGoesOutAgain()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u1");
        var task = await worker.PollAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, FakeWorker.Timer("", TimeSpan.FromSeconds(1))));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.Equal("WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed", FakeWorker.Types((await worker.HistoryAsync()).Skip(4)));
        var again = await worker.PollAsync();
        await worker.AnswerAsync(again, [], FakeWorker.Accept(Assert.Single(again.Messages), complete: true));
        Assert.NotNull((await update).Outcome.Success);
    }

    [Fact]
    public async Task Worker_AfterRejections_GoesOnWithTheRunItHasCached()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(server.Client, new TemporalWorkerOptions(queue).AddWorkflow<PickyWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await server.Client.StartWorkflowAsync((PickyWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid():N}", queue));
            await handle.QueryAsync(wf => wf.Seen);
            for (var i = 0; i < 3; i++)
            {
                await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.TakeAsync("bad")));
            }

            await handle.ExecuteUpdateAsync(wf => wf.TakeAsync("good"));
            Assert.Equal("good", await handle.GetResultAsync());
            Assert.Equal(1, PickyWorkflow.Constructed);
            var history = await handle.FetchHistoryAsync();
            Assert.Equal(2, history.Events.Count(e => e.EventType == EventType.WorkflowTaskCompleted));
            await Histories.ReplayAsync<PickyWorkflow>(history);
        });
    }

    [Workflow]
    public sealed class PickyWorkflow
    {
        public PickyWorkflow() => Constructed++;

        internal static int Constructed { get; private set; }

        [WorkflowQuery]
        public string Seen { get; private set; } = "";

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => Seen.Length > 0);
            return Seen;
        }

        [WorkflowUpdateValidator(nameof(TakeAsync))]
        public void ValidateTake(string what)
        {
            if (what == "bad")
            {
                throw new ApplicationFailureException("bad");
            }
        }

        [WorkflowUpdate]
        public Task TakeAsync(string what)
        {
            Seen = what;
            return Task.CompletedTask;
        }
    }
}
