using Temporalio.Api.Enums.V1;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What workflow code observes of the order in which one activation's parts run.</summary>
[Collection(WorkerCollection.Name)]
public sealed class OrderTests(ServerFixture server)
{
    [Fact]
    public async Task SignalsBeforeTheFirstTask_RunAfterTheConstructor_AndBeforeTheRunMethod()
    {
        var id = $"wf-{Guid.NewGuid():N}";
        var queue = $"queue-{Guid.NewGuid():N}";
        var handle = await server.Client.StartWorkflowAsync((OrderWorkflow wf) => wf.RunAsync(), new(id, queue));
        await handle.SignalAsync(wf => wf.OneAsync("s1"));
        await handle.SignalAsync(wf => wf.OneAsync("s2"));
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<OrderWorkflow>();
            },
            async scope =>
            {
                await handle.SignalAsync(wf => wf.FinishAsync());
                var order = await handle.GetResultAsync();
                Assert.Equal(
                    ["constructor", "s1 begins", "s2 begins", "run begins", "s1 resumes", "s2 resumes", "run resumes"],
                    order.Where(step => !step.StartsWith("finish", StringComparison.Ordinal)));
            });
    }

    [Fact]
    public async Task Conditions_ResolveOneAtATimeInTheOrderOfTheirRegistration()
    {
        await server.WithWorkerAsync(
            options => options.AddWorkflow<TokenWorkflow>(),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((TokenWorkflow wf) => wf.RunAsync(), scope.Options());
                await handle.SignalAsync(wf => wf.GiveAsync(1));
                await handle.SignalAsync(wf => wf.GiveAsync(2));

                // Each taker leaves nothing for the next one, so two conditions resolved at once would take the same token.
                Assert.Equal(["a", "b", "c"], await handle.GetResultAsync());
            });
    }

    [Fact]
    public async Task UpdateToAWorkflowThatOnlyWaits_WithoutACache_IsNotMovedBeforeTheRunMethod()
    {
        await server.WithWorkerAsync(
            options =>
            {
                options.MaxCachedWorkflows = 0;
                options.AddWorkflow<UpdatedWorkflow>();
            },
            async scope =>
            {
                // The first task completes without a command, so history has two tasks in a row when the update comes.
                var handle = await scope.Client.StartWorkflowAsync((UpdatedWorkflow wf) => wf.RunAsync(), scope.Options());
                Assert.Equal(1, await handle.QueryAsync(wf => wf.Steps()));
                await handle.ExecuteUpdateAsync(wf => wf.ContinueAsync());
                Assert.Equal("run begins, update, run ends", await handle.GetResultAsync());
                await Histories.ReplayAsync<UpdatedWorkflow>(await handle.FetchHistoryAsync());
            });
    }

    [Fact]
    public async Task FirstTaskWithSignalsAndAnUpdate_IssuesItsCommandsInTheOrderOfTheirHandlers()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        var handle = await server.Client.StartWorkflowAsync(
            (CommandOrderWorkflow wf) => wf.RunAsync(), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
        await handle.SignalAsync(wf => wf.StartTimerAsync("s1"));
        await handle.SignalAsync(wf => wf.StartTimerAsync("s2"));
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<CommandOrderWorkflow>();
            },
            async _ =>
            {
                await handle.ExecuteUpdateAsync(wf => wf.ReleaseAsync());
                await handle.GetResultAsync();
            });
        var history = await handle.FetchHistoryAsync();
        var commands = history.Events.Where(e => e.EventType is
            EventType.TimerStarted or EventType.WorkflowExecutionUpdateAccepted or
            EventType.WorkflowExecutionUpdateCompleted or EventType.WorkflowExecutionCompleted);
        Assert.Equal(
            [
                EventType.TimerStarted,
                EventType.TimerStarted,
                EventType.WorkflowExecutionUpdateAccepted,
                EventType.WorkflowExecutionUpdateCompleted,
                EventType.WorkflowExecutionCompleted,
            ],
            commands.Select(e => e.EventType));
        await Histories.ReplayAsync<CommandOrderWorkflow>(history);
    }

    [Workflow]
    public sealed class CommandOrderWorkflow
    {
        private bool released;

        [WorkflowRun]
        public async Task RunAsync() => await Workflow.WaitConditionAsync(() => released);

        [WorkflowSignal(UnfinishedPolicy = HandlerUnfinishedPolicy.Abandon)]
        public async Task StartTimerAsync(string name) =>
            await Workflow.DelayWithOptionsAsync(new(TimeSpan.FromHours(1), name));

        [WorkflowUpdate]
        public Task ReleaseAsync()
        {
            released = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class UpdatedWorkflow
    {
        private readonly List<string> order = [];
        private bool updated;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            order.Add("run begins");
            await Workflow.WaitConditionAsync(() => updated);
            order.Add("run ends");
            return string.Join(", ", order);
        }

        [WorkflowQuery]
        public int Steps() => order.Count;

        [WorkflowUpdate]
        public Task ContinueAsync()
        {
            order.Add("update");
            updated = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class OrderWorkflow
    {
        private readonly List<string> order = ["constructor"];
        private bool finish;

        [WorkflowRun]
        public async Task<List<string>> RunAsync()
        {
            order.Add("run begins");
            await Workflow.WaitConditionAsync(() => finish);
            order.Add("run resumes");
            await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
            return order;
        }

        [WorkflowSignal]
        public async Task OneAsync(string name)
        {
            order.Add($"{name} begins");
            await Workflow.WaitConditionAsync(() => finish);
            order.Add($"{name} resumes");
        }

        [WorkflowSignal]
        public Task FinishAsync()
        {
            order.Add("finish");
            finish = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class TokenWorkflow
    {
        private readonly List<string> takers = [];
        private int tokens;

        [WorkflowRun]
        public async Task<List<string>> RunAsync()
        {
            await Workflow.WhenAllAsync(TakeAsync("a"), TakeAsync("b"), TakeAsync("c"));
            return takers;
        }

        [WorkflowSignal]
        public Task GiveAsync(int count)
        {
            tokens += count;
            return Task.CompletedTask;
        }

        private async Task TakeAsync(string name)
        {
            await Workflow.WaitConditionAsync(() => tokens > 0);
            tokens = tokens > 0 ? tokens - 1 : throw new InvalidOperationException("Two conditions took the same token");
            takers.Add(name);
        }
    }
}
