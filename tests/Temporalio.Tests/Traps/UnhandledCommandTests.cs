using Dualstack.Temporalio.Tests.Server;
using Dualstack.Temporalio.Tests.Worker;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>A workflow that ends without having seen what arrived meanwhile does not end: its task fails and comes again.</summary>
[Collection(ServerCollection.Name)]
public sealed class UnhandledCommandTests(DevServerProcess server)
{
    [Fact]
    public async Task CompletionWithNewSignal_TaskFailsAndIsRepeated()
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
    public async Task TimerCancelledThatHasJustFired_DoesNotKeepTheWorkflowFromEnding()
    {
        var (worker, task) = await FiredTimer.BehindTaskAsync(server);
        await worker.AnswerAsync(task, FiredTimer.Cancel(), FakeWorker.Complete());
        Assert.EndsWith(
            "WorkflowTaskCompleted TimerCanceled WorkflowExecutionCompleted", FakeWorker.Types(await worker.HistoryAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimerCancelled_ButASignalCame_TaskFails()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromSeconds(30)));
        await worker.SignalAsync("wake");
        var task = await worker.PollAsync();
        await worker.SignalAsync("late");
        var cancel = new Command { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = "t" } };
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, cancel, FakeWorker.Complete()));
        Assert.Equal("UnhandledCommand", error.Message);
    }

    [Fact]
    public async Task Worker_ToldSo_DropsItsRunAndTakesTheSignalInTheNextTask()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(server.Client, new TemporalWorkerOptions(queue).AddWorkflow<HastyWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await server.Client.StartWorkflowAsync((HastyWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid():N}", queue));
            await HastyWorkflow.Reached.Task;
            await handle.SignalAsync(wf => wf.LateAsync());
            HastyWorkflow.MayGo.Set();
            Assert.Equal(1, await handle.GetResultAsync());
            var history = await handle.FetchHistoryAsync();
            Assert.Equal(
                WorkflowTaskFailedCause.UnhandledCommand,
                Assert.Single(history.Events, e => e.EventType == EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes.Cause);
            await Histories.ReplayAsync<HastyWorkflow>(history);
        });
    }

    [Workflow]
    public sealed class HastyWorkflow
    {
        private int signals;

        internal static TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal static ManualResetEventSlim MayGo { get; } = new();

        [WorkflowRun]
        public Task<int> RunAsync()
        {
            // Holds the first task until the signal is with the server, which no workflow should do.
            Reached.TrySetResult();
            MayGo.Wait(TimeSpan.FromSeconds(1.5));
            return Task.FromResult(signals);
        }

        [WorkflowSignal]
        public Task LateAsync()
        {
            signals++;
            return Task.CompletedTask;
        }
    }
}
