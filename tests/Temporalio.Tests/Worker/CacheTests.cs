using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Runs that are kept between tasks, and runs that are not.</summary>
[Collection(WorkerCollection.Name)]
public sealed class CacheTests(ServerFixture server)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public Task ManyWorkflowsAtOnce_GetTheirOwnResults_WhateverTheCacheHolds(int cached) => server.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = cached;
            options.AddWorkflow<SumWorkflow>();
        },
        async scope =>
        {
            var handles = new List<WorkflowHandle<SumWorkflow, int>>();
            for (var i = 0; i < 8; i++)
            {
                var n = i;
                handles.Add(await scope.Client.StartWorkflowAsync((SumWorkflow wf) => wf.RunAsync(n), scope.Options()));
            }

            for (var round = 0; round < 3; round++)
            {
                await Task.WhenAll(handles.Select(h => h.SignalAsync(wf => wf.AddAsync(10))));
            }

            var sums = await Task.WhenAll(handles.Select(h => h.GetResultAsync()));
            Assert.Equal(Enumerable.Range(0, 8).Select(i => i + 30), sums);
        });

    [Fact]
    public Task CachedRun_TakesItsNextTaskWithoutRunningFromTheStart() => server.WithWorkerAsync(
        options => options.AddWorkflow<SumWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((SumWorkflow wf) => wf.RunAsync(0), scope.Options());
            await handle.QueryAsync(wf => wf.Sum);
            var constructed = SumWorkflow.Constructed;
            await handle.SignalAsync(wf => wf.AddAsync(10));
            await handle.QueryAsync(wf => wf.Sum);
            Assert.Equal(constructed, SumWorkflow.Constructed);
            await handle.TerminateAsync();
        });

    [Fact]
    public async Task WorkerThatIsGone_LeavesItsWorkflowsToTheNextOne_AtOnce()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        WorkflowHandle<SumWorkflow, int>? handle = null;
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<SumWorkflow>();
            },
            async scope =>
            {
                handle = await scope.Client.StartWorkflowAsync((SumWorkflow wf) => wf.RunAsync(0), scope.Options());
                await handle.QueryAsync(wf => wf.Sum);
            });
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<SumWorkflow>();
            },
            async _ =>
            {
                await handle!.SignalAsync(wf => wf.AddAsync(30));
                Assert.Equal(30, await handle.GetResultAsync());
            });

        // The server would otherwise have waited ten seconds for the sticky worker, and then given its task up.
        Assert.DoesNotContain(
            (await handle!.FetchHistoryAsync()).Events, e => e.EventType == EventType.WorkflowTaskTimedOut);
    }

    [Workflow]
    public sealed class SumWorkflow
    {
        private static int constructed;

        public SumWorkflow() => Interlocked.Increment(ref constructed);

        internal static int Constructed => constructed;

        [WorkflowQuery]
        public int Sum { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync(int start)
        {
            await Workflow.WaitConditionAsync(() => Sum >= 30);
            return start + Sum;
        }

        [WorkflowSignal]
        public Task AddAsync(int n)
        {
            Sum += n;
            return Task.CompletedTask;
        }
    }
}
