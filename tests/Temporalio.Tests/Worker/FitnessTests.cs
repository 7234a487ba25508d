using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What long-lived workflows and busy workers need.</summary>
[Collection(WorkerCollection.Name)]
public sealed class FitnessTests(ServerFixture server)
{
    [Fact]
    public Task LongHistory_WithoutACache_IsReadPageByPage() => server.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = 0;
            options.AddWorkflow<CountingWorkflow>();
        },
        async scope =>
        {
            // More events than a page holds.
            var handle = await scope.Client.StartWorkflowAsync((CountingWorkflow wf) => wf.RunAsync(300), scope.Options());
            await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => handle.SignalAsync(wf => wf.OneMoreAsync())));
            Assert.Equal(300, await handle.GetResultAsync());
            Assert.Equal(300, await handle.QueryAsync(wf => wf.Count));
            Assert.True((await handle.FetchHistoryAsync()).Events.Count > 300);
        });

    [Fact]
    public async Task ActivitySlots_HoldNoMoreThanAsked()
    {
        var crowd = new Crowd();
        await server.WithWorkerAsync(
            options =>
            {
                options.MaxConcurrentActivities = 2;
                options.AddWorkflow<CrowdWorkflow>().AddAllActivities(crowd);
            },
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((CrowdWorkflow wf) => wf.RunAsync(8), scope.Options());
                await crowd.TwoAreInside;

                // The worker has answered since, and could have taken a third one.
                await handle.QueryAsync<WorkflowMetadata>("__temporal_workflow_metadata", []);
                var description = await scope.Client.WorkflowService.DescribeWorkflowExecutionAsync(
                    new() { Namespace = "default", Execution = new() { WorkflowId = handle.Id } });
                Assert.Equal(2, description.PendingActivities.Count(activity => activity.State == PendingActivityState.Started));
                crowd.LetGo();
                await handle.GetResultAsync();
            });
        Assert.Equal(2, crowd.Most);
    }

    [Fact]
    public Task AllHandlersFinished_WithAMutex_LetsEachHandlerEndInItsTurn() => server.WithWorkerAsync(
        options => options.AddWorkflow<OrderlyWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((OrderlyWorkflow wf) => wf.RunAsync(), scope.Options());
            var updates = await Task.WhenAll(Enumerable.Range(0, 4).Select(
                i => handle.StartUpdateAsync(wf => wf.VisitAsync(i), new(WorkflowUpdateStage.Accepted))));
            await handle.SignalAsync(wf => wf.CloseAsync());
            await Task.WhenAll(updates.Select(update => update.GetResultAsync()));
            var visits = await handle.GetResultAsync();
            Assert.Equal(8, visits.Count);

            // Nobody enters before the one before has left.
            Assert.All(visits.Chunk(2), pair => Assert.Equal(pair[0].Replace("in", "out", StringComparison.Ordinal), pair[1]));
            await Histories.ReplayAsync<OrderlyWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public async Task TimerFiredInTheTaskWhoseSignalCancelsIt_HasFired()
    {
        RacingWorkflow.Outcome = "none";
        var fired = new global::Temporalio.Api.History.V1.HistoryEvent
        {
            EventType = global::Temporalio.Api.Enums.V1.EventType.TimerFired,
            TimerFiredEventAttributes = new() { TimerId = "1", StartedEventId = 5 },
        };
        await Histories.ReplayAsync<RacingWorkflow>(Histories.FirstTask("Racing", "run").With(
            [Histories.Completed(3, 2, 1), Histories.TimerStarted("1"), Histories.Signaled("cancel"), fired, .. Histories.Task()]));
        Assert.Equal("fired", RacingWorkflow.Outcome);
    }

    [Workflow]
    public sealed class CountingWorkflow
    {
        [WorkflowQuery]
        public int Count { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync(int enough)
        {
            await Workflow.WaitConditionAsync(() => Count >= enough);
            return Count;
        }

        [WorkflowSignal]
        public Task OneMoreAsync()
        {
            Count++;
            return Task.CompletedTask;
        }
    }

    public sealed class Crowd
    {
        private readonly TaskCompletionSource two = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int inside;

        public int Most { get; private set; }

        public Task TwoAreInside => two.Task;

        public void LetGo() => leave.TrySetResult();

        [Activity]
        public async Task EnterAsync()
        {
            lock (two)
            {
                Most = Math.Max(Most, ++inside);
                if (inside == 2)
                {
                    two.TrySetResult();
                }
            }

            await leave.Task;
            lock (two)
            {
                inside--;
            }
        }
    }

    [Workflow]
    public sealed class CrowdWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(int count) => Workflow.WhenAllAsync(Enumerable.Range(0, count).Select(_ => Workflow.ExecuteActivityAsync(
            (Crowd crowd) => crowd.EnterAsync(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) })));
    }

    [Workflow]
    public sealed class OrderlyWorkflow
    {
        private readonly global::Temporalio.Workflows.Mutex mutex = new();
        private readonly List<string> visits = [];
        private bool closed;

        [WorkflowRun]
        public async Task<IReadOnlyList<string>> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => closed && Workflow.AllHandlersFinished);
            return visits;
        }

        [WorkflowUpdate]
        public async Task VisitAsync(int who)
        {
            await mutex.WaitOneAsync();
            try
            {
                visits.Add($"{who} in");
                await Workflow.DelayAsync(1);
                visits.Add($"{who} out");
            }
            finally
            {
                mutex.ReleaseMutex();
            }
        }

        [WorkflowSignal]
        public Task CloseAsync()
        {
            closed = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Racing")]
    public sealed class RacingWorkflow
    {
        private readonly CancellationTokenSource cancellation = new();

        internal static string Outcome { get; set; } = "none";

        [WorkflowRun]
        public async Task RunAsync()
        {
            try
            {
                await Workflow.DelayAsync(1000, cancellation.Token);
                Outcome = "fired";
            }
            catch (OperationCanceledException)
            {
                Outcome = "cancelled";
            }

            await Workflow.WaitConditionAsync(() => false);
        }

        [WorkflowSignal("cancel")]
        public Task CancelAsync()
        {
            cancellation.Cancel();
            return Task.CompletedTask;
        }
    }
}
