using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Signals, queries and updates.</summary>
[Collection(WorkerCollection.Name)]
public sealed class MessageTests(ServerFixture server)
{
    [Fact]
    public Task Query_IsAnsweredWhileTheWorkflowRuns_AndAfterItClosed() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(2), scope.Options());
            Assert.Equal(0, await handle.QueryAsync(wf => wf.Count));
            Assert.Equal(1, await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1)));
            Assert.Equal(1, await handle.QueryAsync(wf => wf.Count));
            await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1));
            Assert.Equal(2, await handle.GetResultAsync());
            Assert.Equal(2, await handle.QueryAsync(wf => wf.Count));
        });

    [Fact]
    public async Task Query_WithoutACache_ReplaysTheHistoryEachTime() => await server.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = 0;
            options.AddWorkflow<CounterWorkflow>();
        },
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(2), scope.Options());
            await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1));
            Assert.Equal(1, await handle.QueryAsync(wf => wf.Count));
            Assert.Equal(1, await handle.QueryAsync(wf => wf.Count));
            await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1));
            Assert.Equal(2, await handle.GetResultAsync());
        });

    [Fact]
    public Task FailingQuery_TellsTheCallerWhy() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(1), scope.Options());
            var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Divide(0)));
            Assert.Contains("divide", failed.Message, StringComparison.OrdinalIgnoreCase);
            var unknown = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync<int>("Nothing", []));
            Assert.Contains("Nothing", unknown.Message, StringComparison.Ordinal);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Update_RejectedByItsValidator_LeavesNoTrace() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(1), scope.Options());
            await handle.QueryAsync(wf => wf.Count);
            var before = (await handle.FetchHistoryAsync()).Events.Count;
            var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync(-1)));
            Assert.Equal("only up", failed.InnerException!.Message);
            Assert.Equal(before, (await handle.FetchHistoryAsync()).Events.Count);

            // The speculative task that carried the update is gone; the cached run must go on as if it never was.
            await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1));
            Assert.Equal(1, await handle.GetResultAsync());
            await Histories.ReplayAsync<CounterWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public Task Update_ThatFails_FailsForTheCallerOnly() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(1), scope.Options());
            var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync(100)));
            Assert.Equal("too much", failed.InnerException!.Message);
            await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1));
            Assert.Equal(1, await handle.GetResultAsync());
        });

    [Fact]
    public Task Update_ThatWaits_IsAcceptedFirstAndAnsweredLater() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(1), scope.Options());
            var update = await handle.StartUpdateAsync(wf => wf.AwaitAsync(1), new(WorkflowUpdateStage.Accepted));
            await handle.SignalAsync(wf => wf.RaiseAsync(1));
            Assert.Equal("reached 1", await update.GetResultAsync());
            await handle.GetResultAsync();
            await Histories.ReplayAsync<CounterWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public Task SignalForAHandlerAddedLater_IsKeptUntilThen() => server.WithWorkerAsync(
        options => options.AddWorkflow<LateHandlerWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((LateHandlerWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.SignalAsync("late", ["first"]);
            await handle.SignalAsync("late", ["second"]);
            await handle.SignalAsync("go", []);
            Assert.Equal("first second", await handle.GetResultAsync());
        });

    [Fact]
    public Task SignalThatCannotBeDecoded_IsDroppedAndTheWorkflowGoesOn() => server.WithWorkerAsync(
        options => options.AddWorkflow<CounterWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CounterWorkflow wf) => wf.RunAsync(1), scope.Options());
            await handle.SignalAsync("Raise", ["not a number"]);
            await handle.SignalAsync(wf => wf.RaiseAsync(1));
            Assert.Equal(1, await handle.GetResultAsync());
        });

    [Fact]
    public Task DynamicHandlers_TakeWhatHasNoHandlerOfItsOwn() => server.WithWorkerAsync(
        options => options.AddWorkflow<DynamicWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync("Anything", ["input"], scope.Options());
            await handle.SignalAsync("some-signal", ["payload"]);
            Assert.Equal("query some-query with 7 after some-signal payload", await handle.QueryAsync<string>("some-query", [7]));
            Assert.Equal("Anything input some-signal payload", await handle.GetResultAsync<string>());
        });

    [Workflow]
    public sealed class CounterWorkflow
    {
        [WorkflowQuery]
        public int Count { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync(int target)
        {
            await Workflow.WaitConditionAsync(() => Count >= target && Workflow.AllHandlersFinished);
            return Count;
        }

        [WorkflowQuery]
        public int Divide(int by) => 1 / by;

        [WorkflowSignal]
        public Task RaiseAsync(int by)
        {
            Count += by;
            return Task.CompletedTask;
        }

        [WorkflowUpdate]
        public Task<int> AddAsync(int by)
        {
            if (by > 10)
            {
                throw new ApplicationFailureException("too much");
            }

            Count += by;
            return Task.FromResult(Count);
        }

        [WorkflowUpdateValidator(nameof(AddAsync))]
        public void ValidateAdd(int by)
        {
            if (by < 0)
            {
                throw new ApplicationFailureException("only up");
            }
        }

        [WorkflowUpdate]
        public async Task<string> AwaitAsync(int count)
        {
            await Workflow.WaitConditionAsync(() => Count >= count);
            return $"reached {count}";
        }
    }

    [Workflow]
    public sealed class LateHandlerWorkflow
    {
        private readonly List<string> received = [];
        private bool go;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => go);
            Workflow.Signals["late"] = WorkflowSignalDefinition.CreateWithoutAttribute("late", (string text) =>
            {
                received.Add(text);
                return Task.CompletedTask;
            });
            await Workflow.WaitConditionAsync(() => received.Count == 2);
            return string.Join(' ', received);
        }

        [WorkflowSignal("go")]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow(Dynamic = true)]
    public sealed class DynamicWorkflow
    {
        private string? signal;

        [WorkflowRun]
        public async Task<string> RunAsync(IRawValue[] args)
        {
            await Workflow.WaitConditionAsync(() => signal != null);
            return $"{Workflow.Info.WorkflowType} {Workflow.PayloadConverter.ToValue<string>(args[0])} {signal}";
        }

        [WorkflowSignal(Dynamic = true)]
        public Task OnSignalAsync(string name, IRawValue[] args)
        {
            signal = $"{name} {Workflow.PayloadConverter.ToValue<string>(args[0])}";
            return Task.CompletedTask;
        }

        [WorkflowQuery(Dynamic = true)]
        public string OnQuery(string name, IRawValue[] args) =>
            $"query {name} with {Workflow.PayloadConverter.ToValue<int>(args[0])} after {signal}";
    }
}
