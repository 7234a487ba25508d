using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

[Collection(PatientWorkerCollection.Name)]
public sealed class LocalActivityTests(ServerFixture server)
{
    [Fact]
    public async Task LocalActivity_RunsOnce_AndItsMarkerReplaysWithoutIt()
    {
        var work = new Work();
        await server.WithWorkerAsync(
            options => options.AddWorkflow<LocalWorkflow>().AddAllActivities(work),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((LocalWorkflow wf) => wf.RunAsync(), scope.Options());
                Assert.Equal("a b after 3 tries", await handle.GetResultAsync());
                var history = await handle.FetchHistoryAsync();
                Assert.DoesNotContain(history.Events, e => e.EventType == EventType.ActivityTaskScheduled);
                Assert.Equal(3, history.Events.Count(e => e.EventType == EventType.MarkerRecorded));
                var calls = work.Calls;
                await Histories.ReplayAsync<LocalWorkflow>(history);
                Assert.Equal(calls, work.Calls);
            });
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task LongLocalActivity_KeepsItsTaskAliveByHeartbeats_AndRunsOnce(int cached)
    {
        var work = new Work();
        await server.WithWorkerAsync(
            options =>
            {
                options.MaxCachedWorkflows = cached;
                options.AddWorkflow<LongLocalWorkflow>().AddAllActivities(work);
            },
            async scope =>
            {
                var options = scope.Options();
                // The heartbeat is due a fifth of it before the task times out: time enough for a busy machine.
                options.TaskTimeout = TimeSpan.FromSeconds(5);
                var handle = await scope.Client.StartWorkflowAsync((LongLocalWorkflow wf) => wf.RunAsync(), options);
                await work.LongStarted.Task;
                using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
                while ((await handle.FetchHistoryAsync()).Events.Count(e => e.EventType == EventType.WorkflowTaskCompleted) < 2)
                {
                    await tick.WaitForNextTickAsync();
                }

                work.LongMayEnd.TrySetResult();
                Assert.Equal("long", await handle.GetResultAsync());
                var history = await handle.FetchHistoryAsync();
                Assert.DoesNotContain(history.Events, e => e.EventType is EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut);
                await Histories.ReplayAsync<LongLocalWorkflow>(history);
            });
        Assert.Equal(1, work.LongCalls);
    }

    [Fact]
    public Task FailureOfALocalActivity_CameWrappedAsThatOfAnActivity() => server.WithWorkerAsync(
        options => options.AddWorkflow<FailingLocalWorkflow>().AddAllActivities(new Work()),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((FailingLocalWorkflow wf) => wf.RunAsync(), scope.Options());
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.Equal("no", Assert.IsType<ApplicationFailureException>(failed.InnerException).Message);
            await Histories.ReplayAsync<FailingLocalWorkflow>(await handle.FetchHistoryAsync());
        });

    [Theory]
    [InlineData(TimeoutType.ScheduleToStart)]
    [InlineData(TimeoutType.ScheduleToClose)]
    [InlineData(TimeoutType.StartToClose)]
    public async Task TimeoutsOfALocalActivity_WereNotAllKept(TimeoutType type)
    {
        var work = new Work();
        await server.WithWorkerAsync(
            options => options.AddWorkflow<LateLocalWorkflow>().AddAllActivities(work),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((LateLocalWorkflow wf) => wf.RunAsync(type), scope.Options());
                var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
                var activity = Assert.IsType<ActivityFailureException>(failed.InnerException);
                Assert.Equal(type, Assert.IsType<TimeoutFailureException>(activity.InnerException).TimeoutType);
                await Histories.ReplayAsync<LateLocalWorkflow>(await handle.FetchHistoryAsync());
            });
        Assert.Equal(type == TimeoutType.ScheduleToStart ? ActivityCancelReason.None : ActivityCancelReason.Timeout, work.Reason);
    }

    [Fact]
    public Task SummaryOfALocalActivity_WasNotShown() => server.WithWorkerAsync(
        options => options.AddWorkflow<SummarizedLocalWorkflow>().AddAllActivities(new Work()),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((SummarizedLocalWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.GetResultAsync();
            var marker = Assert.Single((await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.MarkerRecorded);
            Assert.Equal("\"echoes\"", marker.UserMetadata.Summary.Data.ToStringUtf8());
        });

    public sealed class Work
    {
        private int calls;
        private int longCalls;

        public int Calls => calls;

        public int LongCalls => longCalls;

        public ActivityCancelReason Reason { get; private set; }

        public TaskCompletionSource LongStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource LongMayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity]
        public Task<string> EchoAsync(string text)
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(text);
        }

        [Activity]
        public Task<int> TryAsync()
        {
            Interlocked.Increment(ref calls);
            var attempt = ActivityExecutionContext.Current.Info.Attempt;
            return attempt < 3 ? throw new ApplicationFailureException("again") : Task.FromResult(attempt);
        }

        [Activity]
        public async Task<string> LongAsync()
        {
            Interlocked.Increment(ref longCalls);
            LongStarted.TrySetResult();
            await LongMayEnd.Task;
            return "long";
        }

        [Activity]
        public async Task OverrunAsync()
        {
            var context = ActivityExecutionContext.Current;
            using var told = context.CancellationToken.Register(() => Reason = context.CancelReason);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        [Activity]
        public Task RefuseAsync() => throw new ApplicationFailureException("no", nonRetryable: true);
    }

    [Workflow]
    public sealed class LocalWorkflow
    {
        private static readonly LocalActivityOptions Quick = new()
        {
            ScheduleToCloseTimeout = TimeSpan.FromSeconds(20),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1) },
        };

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var both = await Workflow.WhenAllAsync(
                Workflow.ExecuteLocalActivityAsync((Work work) => work.EchoAsync("a"), Quick),
                Workflow.ExecuteLocalActivityAsync((Work work) => work.EchoAsync("b"), Quick));
            await Workflow.DelayAsync(1);
            var tries = await Workflow.ExecuteLocalActivityAsync((Work work) => work.TryAsync(), Quick);
            return $"{both[0]} {both[1]} after {tries} tries";
        }
    }

    [Workflow]
    public sealed class LongLocalWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync() => await Workflow.ExecuteLocalActivityAsync(
            (Work work) => work.LongAsync(), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(50) });
    }

    [Workflow]
    public sealed class LateLocalWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(TimeoutType type) => await Workflow.ExecuteLocalActivityAsync(
            (Work work) => work.OverrunAsync(),
            new()
            {
                ScheduleToStartTimeout = type == TimeoutType.ScheduleToStart ? TimeSpan.FromTicks(1) : null,
                StartToCloseTimeout = type == TimeoutType.StartToClose ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(40),
                ScheduleToCloseTimeout = type == TimeoutType.ScheduleToClose ? TimeSpan.FromMilliseconds(700) : TimeSpan.FromSeconds(40),
                RetryPolicy = new() { MaximumAttempts = 1 },
            });
    }

    [Workflow]
    public sealed class SummarizedLocalWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.ExecuteLocalActivityAsync(
            (Work work) => work.EchoAsync("a"), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(20), Summary = "echoes" });
    }

    [Workflow]
    public sealed class FailingLocalWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.ExecuteLocalActivityAsync(
            (Work work) => work.RefuseAsync(), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(20) });
    }
}
