using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

[Collection(WorkerCollection.Name)]
public sealed class TimerTests(ServerFixture server)
{
    [Fact]
    public Task Delay_TakesTheServersTime_AndShowsItsSummary() => server.WithWorkerAsync(
        options => options.AddWorkflow<DelayWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((DelayWorkflow wf) => wf.RunAsync(50), scope.Options());
            Assert.True(await handle.GetResultAsync() >= TimeSpan.FromMilliseconds(50));
            var history = await handle.FetchHistoryAsync();
            var started = Assert.Single(history.Events, e => e.EventType == EventType.TimerStarted);
            Assert.Equal("\"a short rest\"", started.UserMetadata.Summary.Data.ToStringUtf8());
        });

    [Fact]
    public Task TimerCancelledInTheTaskThatStartedIt_LeavesNoEvent() => server.WithWorkerAsync(
        options => options.AddWorkflow<CancelledTimerWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CancelledTimerWorkflow wf) => wf.RunAsync(false), scope.Options());
            Assert.Equal("cancelled", await handle.GetResultAsync());
            Assert.DoesNotContain((await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.TimerStarted);
        });

    [Fact]
    public Task TimerCancelledLater_IsCancelledOnTheServer() => server.WithWorkerAsync(
        options => options.AddWorkflow<CancelledTimerWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CancelledTimerWorkflow wf) => wf.RunAsync(true), scope.Options());
            Assert.Equal("cancelled", await handle.GetResultAsync());
            var history = await handle.FetchHistoryAsync();
            Assert.Contains(history.Events, e => e.EventType == EventType.TimerCanceled);
            await Histories.ReplayAsync<CancelledTimerWorkflow>(history);
        });

    [Fact]
    public Task ConditionWithTimeout_SaysWhichCameFirst() => server.WithWorkerAsync(
        options => options.AddWorkflow<TimeoutWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((TimeoutWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.SignalAsync(wf => wf.GoAsync());
            var came = await handle.GetResultAsync();
            Assert.Equal([true, false], came);
            await Histories.ReplayAsync<TimeoutWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public Task CancelledWorkflow_MayCleanUpBeforeItEndsAsCancelled() => server.WithWorkerAsync(
        options => options.AddWorkflow<CleanUpWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CleanUpWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.QueryAsync(wf => wf.CleanedUp);
            await handle.CancelAsync();
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failed.InnerException);
            Assert.True(await handle.QueryAsync(wf => wf.CleanedUp));
            Assert.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
        });

    [Fact]
    public Task SemaphoreWithTimeout_LetsInNoMoreThanItHolds() => server.WithWorkerAsync(
        options => options.AddWorkflow<SemaphoreWorkflow>(),
        async scope =>
        {
            var counts = await scope.Client.ExecuteWorkflowAsync((SemaphoreWorkflow wf) => wf.RunAsync(), scope.Options());
            Assert.Equal([2, 6], counts);
        });

    [Fact]
    public Task Semaphore_WithRoom_WasClosedToTheCancelledAndTheLate() => server.WithWorkerAsync(
        options => options.AddWorkflow<RoomWorkflow>(),
        async scope => Assert.Equal(
            ["cancelled but in", "full", "late but in"],
            await scope.Client.ExecuteWorkflowAsync((RoomWorkflow wf) => wf.RunAsync(), scope.Options())));

    [Workflow]
    public sealed class RoomWorkflow
    {
        [WorkflowRun]
        public async Task<List<string>> RunAsync()
        {
            var log = new List<string>();
            var semaphore = new global::Temporalio.Workflows.Semaphore(1);
            await semaphore.WaitAsync(new CancellationToken(canceled: true));
            log.Add("cancelled but in");
            if (!await semaphore.WaitAsync(TimeSpan.Zero))
            {
                log.Add("full");
            }

            var waiting = semaphore.WaitAsync();
            semaphore.Release();
            if (await semaphore.WaitAsync(TimeSpan.Zero))
            {
                log.Add("late but in");
            }

            semaphore.Release();
            await waiting;
            return log;
        }
    }

    [Workflow]
    public sealed class DelayWorkflow
    {
        [WorkflowRun]
        public async Task<TimeSpan> RunAsync(int milliseconds)
        {
            var before = Workflow.UtcNow;
            await Workflow.DelayWithOptionsAsync(new(milliseconds, "a short rest"));
            return Workflow.UtcNow - before;
        }
    }

    [Workflow]
    public sealed class CancelledTimerWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(bool later)
        {
            using var cancellation = new CancellationTokenSource();
            var delay = Workflow.DelayAsync(TimeSpan.FromHours(1), cancellation.Token);
            if (later)
            {
                await Workflow.DelayAsync(1);
            }
            else
            {
                // Let the delay register with its token first.
                await Workflow.RunTaskAsync(() => Task.CompletedTask);
            }

            Cancel(cancellation);
            try
            {
                await delay;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }

        // Not CancelAsync, which would leave the workflow's thread.
        private static void Cancel(CancellationTokenSource cancellation) => cancellation.Cancel();
    }

    [Workflow]
    public sealed class TimeoutWorkflow
    {
        private bool go;

        [WorkflowRun]
        public async Task<bool[]> RunAsync() =>
        [
            await Workflow.WaitConditionAsync(() => go, TimeSpan.FromHours(1)),
            await Workflow.WaitConditionAsync(() => !go, TimeSpan.FromMilliseconds(20)),
        ];

        [WorkflowSignal]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class CleanUpWorkflow
    {
        [WorkflowQuery]
        public bool CleanedUp { get; private set; }

        [WorkflowRun]
        public async Task RunAsync()
        {
            try
            {
                await Workflow.DelayAsync(TimeSpan.FromHours(1));
            }
            finally
            {
                await Workflow.DelayAsync(1, CancellationToken.None);
                CleanedUp = true;
            }
        }
    }

    [Workflow]
    public sealed class SemaphoreWorkflow
    {
        private readonly global::Temporalio.Workflows.Semaphore semaphore = new(2);
        private int inside;
        private int most;
        private int done;

        [WorkflowRun]
        public async Task<int[]> RunAsync()
        {
            await Workflow.WhenAllAsync(Enumerable.Range(0, 6).Select(_ => EnterAsync()));
            return [most, done];
        }

        private async Task EnterAsync()
        {
            await semaphore.WaitAsync(TimeSpan.FromHours(1));
            most = Math.Max(most, ++inside);
            await Workflow.DelayAsync(1);
            inside--;
            done++;
            semaphore.Release();
        }
    }
}
