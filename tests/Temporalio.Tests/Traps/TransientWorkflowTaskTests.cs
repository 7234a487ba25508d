using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.Enums.V1;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>From its second attempt on a workflow task is transient: shown to the worker, written only when it succeeds.</summary>
[Collection(ServerCollection.Name)]
public sealed class TransientWorkflowTaskTests(DevServerProcess server)
{
    [Fact]
    public async Task RepeatedFailures_OnlyTheFirstIsWritten()
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
    public async Task SignalArrivesBeforeTheRetryStarts_TaskIsOrdinaryAgain()
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
    public async Task TimeoutsOfLaterAttempts_AreNotWrittenEither()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync(request => request.WorkflowTaskTimeout = new() { Seconds = 1 });
        await worker.FailAsync(await worker.PollAsync());
        Assert.Equal(2, (await worker.PollAsync()).Attempt);

        // Nobody answers the second attempt.
        var third = await worker.PollAsync();
        Assert.Equal(3, third.Attempt);
        Assert.DoesNotContain(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowTaskTimedOut);
        Assert.Equal([1, 2, 3, 4, 5, 6], third.History.Events.Select(item => (int)item.EventId));
    }
}
