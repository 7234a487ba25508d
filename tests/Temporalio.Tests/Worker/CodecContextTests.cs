using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>A codec that has a key for each workflow and each kind of activity is told whose payloads it sees, by worker and client alike.</summary>
[Collection(WorkerCollection.Name)]
public sealed class CodecContextTests(ServerFixture server)
{
    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task CodecWithAContext_WorkedInTheClientAndBrokeInTheWorker(int cached)
    {
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.DataConverter = DataConverter.Default with { PayloadCodec = new KeyedCodec() };
        var client = new TemporalClient(server.Client.Connection, options);
        var queue = $"keyed-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue) { MaxCachedWorkflows = cached }
            .AddWorkflow<KeyedWorkflow>().AddWorkflow<KeyedChildWorkflow>().AddActivity(KeyedWorkflow.Echo).AddActivity(KeyedWorkflow.Refuse));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var id = $"keyed-{Guid.NewGuid():N}";
        await worker.ExecuteAsync(
            async () =>
            {
                var handle = await client.StartWorkflowAsync((KeyedWorkflow wf) => wf.RunAsync("in", true), new(id, queue)
                {
                    Memo = new Dictionary<string, object> { ["owner"] = "Ada" },
                });
                Assert.Equal("updated to x", await handle.ExecuteUpdateAsync(wf => wf.UpdateAsync("x")));
                Assert.Equal("asked y", await handle.QueryAsync(wf => wf.Ask("y")));
                await handle.SignalAsync(wf => wf.GoAsync("go"));
                Assert.Equal("in Ada go remote local child:word refused:why", await handle.GetResultAsync());
                Assert.Equal("Grace", await (await handle.DescribeAsync()).Memo["owner"].ToValueAsync<string>());
            },
            limit.Token);

        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions
        {
            DataConverter = options.DataConverter,
            Namespace = options.Namespace,
            TaskQueue = queue,
        }.AddWorkflow<KeyedWorkflow>());
        await replayer.ReplayWorkflowAsync(await client.GetWorkflowHandle(id).FetchHistoryAsync());
    }

    [Workflow]
    public sealed class KeyedWorkflow
    {
        private string? go;

        [WorkflowRun]
        public async Task<string> RunAsync(string input, bool first)
        {
            if (first)
            {
                await Workflow.WaitConditionAsync(() => go != null);
                throw Workflow.CreateContinueAsNewException((KeyedWorkflow wf) => wf.RunAsync($"{input} {Owner()} {go}", false));
            }

            Workflow.UpsertMemo(MemoUpdate.ValueSet("owner", "Grace"));
            var options = new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(10), RetryPolicy = new() { MaximumAttempts = 1 } };
            var remote = await Workflow.ExecuteActivityAsync(() => Echo("remote"), options);
            var local = await Workflow.ExecuteLocalActivityAsync(() => Echo("local"), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
            var child = await Workflow.StartChildWorkflowAsync((KeyedChildWorkflow wf) => wf.RunAsync("child"));
            await child.SignalAsync(wf => wf.WordAsync("word"));
            var refused = await Assert.ThrowsAsync<ActivityFailureException>(() => Workflow.ExecuteActivityAsync(() => Refuse("why"), options));
            var why = ((ApplicationFailureException)refused.InnerException!).Details.ElementAt<string>(0);
            return $"{input} {remote} {local} {await child.GetResultAsync()} refused:{why}";
        }

        [WorkflowSignal]
        public Task GoAsync(string word)
        {
            go = word;
            return Task.CompletedTask;
        }

        [WorkflowUpdate]
        public Task<string> UpdateAsync(string value) => Task.FromResult($"updated to {value}");

        [WorkflowQuery]
        public string Ask(string value) => $"asked {value}";

        [Activity]
        public static string Echo(string value) => value;

        [Activity]
        public static void Refuse(string why) => throw new ApplicationFailureException("refused", details: [why]);

        private static string Owner() => Workflow.PayloadConverter.ToValue<string>(Workflow.Memo["owner"]);
    }

    [Workflow]
    public sealed class KeyedChildWorkflow
    {
        private string? word;

        [WorkflowRun]
        public async Task<string> RunAsync(string input)
        {
            await Workflow.WaitConditionAsync(() => word != null);
            return $"{input}:{word}";
        }

        [WorkflowSignal]
        public Task WordAsync(string value)
        {
            word = value;
            return Task.CompletedTask;
        }
    }
}
