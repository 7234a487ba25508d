using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Tests.Migrations;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Dualstack.Workflows.Tests.Observer;

/// <summary>What the workflow does about its one activity; what that one does is tried in the tests of the activities.</summary>
public sealed class GardenObserverWorkflowTests(TimeSkippingFixture fixture) : IClassFixture<TimeSkippingFixture>
{
    [Fact]
    public async Task Observer_ActivityEnds_ContinuesAsNewWhereItLeftOff()
    {
        var activities = new ScriptedObserver(ends: 2);
        var first = new ObserveGardenInput($"g{Guid.NewGuid():N}"[..8]) { Namespaces = ["garden-a"] };
        await RunAsync(first, activities, async observer =>
        {
            var inputs = await activities.StartedAsync(3);

            Assert.Equal(["none", "1", "2"], inputs.Select(input => input.ResourceVersions?["garden-a"] ?? "none"));
            Assert.All(inputs, input => Assert.Equal((first.Garden, "garden-a"), (input.Garden, Assert.Single(input.Namespaces))));
            var runs = fixture.Environment.Client.ListWorkflowsAsync($"WorkflowId = '{observer.Id}'");
            Assert.Equal(
                [WorkflowExecutionStatus.ContinuedAsNew, WorkflowExecutionStatus.ContinuedAsNew, WorkflowExecutionStatus.Running],
                (await runs.Select(run => run.Status).ToListAsync()).OrderDescending());
        });
    }

    [Fact]
    public async Task Observer_ActivityFailsAgainAndAgain_IsTriedAgainInTheSameRun()
    {
        var activities = new ScriptedObserver(ends: 0) { Failures = 4 };
        var input = new ObserveGardenInput($"g{Guid.NewGuid():N}"[..8]);
        await RunAsync(input, activities, async observer =>
        {
            // One second, two, four and eight lie between them; the last one stays and holds the clock.
            await fixture.Environment.DelayAsync(TimeSpan.FromSeconds(15));
            await activities.StartedAsync(5);

            var events = (await observer.FetchHistoryAsync()).Events;
            var scheduled = Assert.Single(events, item => item.EventType == EventType.ActivityTaskScheduled).ActivityTaskScheduledEventAttributes;
            Assert.Equal(TaskQueues.Garden(input.Garden), scheduled.TaskQueue.Name);
            Assert.Equal(ObserverOptions.HeartbeatTimeout, scheduled.HeartbeatTimeout.ToTimeSpan());
        });
    }

    [Fact]
    public async Task Observer_StartedTwice_IsOne()
    {
        var activities = new ScriptedObserver(ends: 0);
        var input = new ObserveGardenInput($"g{Guid.NewGuid():N}"[..8]);
        await RunAsync(input, activities, async observer =>
        {
            await Assert.ThrowsAsync<Temporalio.Exceptions.WorkflowAlreadyStartedException>(() => StartAsync(input));
            Assert.Single(await activities.StartedAsync(1));
            Assert.Equal($"observer/{input.Garden}", observer.Id);
        });
    }

    private async Task RunAsync(ObserveGardenInput input, ScriptedObserver activities, Func<WorkflowHandle, Task> test)
    {
        using var worker = new TemporalWorker(
            fixture.Environment.Client,
            new TemporalWorkerOptions(TaskQueues.Garden(input.Garden)).AddAllActivities(activities).AddWorkflow<GardenObserverWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            await StartAsync(input);
            var observer = fixture.Environment.Client.GetWorkflowHandle(GardenObserverWorkflow.WorkflowId(input.Garden));
            try
            {
                await test(observer).WaitAsync(TimeSpan.FromSeconds(45));
            }
            finally
            {
                await observer.TerminateAsync("The test has ended.");
            }
        });
    }

    private Task<WorkflowHandle<GardenObserverWorkflow>> StartAsync(ObserveGardenInput input) => fixture.Environment.Client.StartWorkflowAsync(
        (GardenObserverWorkflow workflow) => workflow.RunAsync(input),
        new WorkflowOptions(GardenObserverWorkflow.WorkflowId(input.Garden), TaskQueues.Garden(input.Garden)));

    /// <summary>Fails and ends as often as it is told to, and then observes until the worker stops.</summary>
    private sealed class ScriptedObserver(int ends) : IObserverActivities
    {
        private readonly System.Threading.Channels.Channel<ObserveGardenInput> started = System.Threading.Channels.Channel.CreateUnbounded<ObserveGardenInput>();
        private int ended;

        public int Failures { get; set; }

        public async Task<IReadOnlyList<ObserveGardenInput>> StartedAsync(int count)
        {
            List<ObserveGardenInput> inputs = [];
            while (inputs.Count < count)
            {
                inputs.Add(await started.Reader.ReadAsync());
            }

            return inputs;
        }

        [Activity]
        public async Task<ObserveGardenInput> ObserveGardenAsync(ObserveGardenInput input)
        {
            await started.Writer.WriteAsync(input);
            if (Failures-- > 0)
            {
                throw new InvalidOperationException("The garden is away.");
            }

            if (ended < ends)
            {
                ended++;
                return input with { ResourceVersions = new Dictionary<string, string> { ["garden-a"] = $"{ended}" } };
            }

            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.WorkerShutdownToken);
            return input;
        }
    }
}
