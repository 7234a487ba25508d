using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Histories that the official TypeScript SDK recorded, with its native core, replayed by twins of those workflows.</summary>
public sealed class RecordedTests
{
    [Theory]
    [InlineData("kitchen100ts")]
    [InlineData("kitchen0ts")]
    [InlineData("again100ts")]
    [InlineData("again0ts")]
    public async Task HistoryRecordedByTheNativeCore_Replays(string name)
    {
        var replayer = new WorkflowReplayer(
            new WorkflowReplayerOptions().AddWorkflow<KitchenWorkflow>().AddWorkflow<AgainWorkflow>());
        await replayer.ReplayWorkflowAsync(WorkflowHistory.FromJson(name, await ReadAsync(name)));
    }

    [Fact]
    public async Task HistoryRecordedByTheNativeCore_WithATimerMissing_DoesNotReplay()
    {
        var history = WorkflowHistory.FromJson("again0ts", await ReadAsync("again0ts"));
        await Assert.ThrowsAsync<WorkflowNondeterminismException>(
            () => new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<ImpatientWorkflow>()).ReplayWorkflowAsync(history));
    }

    private static async Task<string> ReadAsync(string name)
    {
        await using var resource = typeof(RecordedTests).Assembly.GetManifestResourceStream($"Recorded.{name}.json")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    [Workflow("kitchen")]
    public sealed class KitchenWorkflow
    {
        private static readonly SearchAttributeKey<string> Color = SearchAttributeKey.CreateKeyword("Color");
        private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
        private static readonly ActivityOptions Activity = new() { StartToCloseTimeout = Timeout };
        private static readonly LocalActivityOptions Local = new() { StartToCloseTimeout = Timeout };

        private readonly List<string> log = [];
        private int pokes;

        [WorkflowRun]
        public async Task<string> RunAsync(string input)
        {
            log.Add(await Workflow.ExecuteActivityAsync<string>("echo", ["a"], Activity));
            if (Workflow.Patched("p1"))
            {
                log.Add(await Workflow.ExecuteLocalActivityAsync<string>("local", ["b"], Local));
            }

            log.AddRange(await Workflow.WhenAllAsync(
                Workflow.ExecuteLocalActivityAsync<string>("local", ["slow"], Local),
                Workflow.ExecuteLocalActivityAsync<string>("local", ["fast"], Local)));
            await Workflow.DelayAsync(10);
            if (Workflow.Patched("p2"))
            {
                await Workflow.DelayAsync(5);
            }

            Workflow.DeprecatePatch("p3");
            Workflow.UpsertTypedSearchAttributes(Color.ValueSet("blue"));
            Workflow.UpsertMemo(MemoUpdate.ValueSet("m", "v"));
            var child = await Workflow.StartChildWorkflowAsync("child", [], new() { Id = $"{Workflow.Info.WorkflowId}-child" });
            await child.SignalAsync("go", []);
            log.Add(await child.GetResultAsync<string>());
            await CancelAsync();
            await Workflow.WaitConditionAsync(() => pokes >= 2 && Workflow.AllHandlersFinished);
            return string.Join(',', log);
        }

        [WorkflowSignal("poke")]
        public Task PokeAsync(string text)
        {
            pokes++;
            log.Add(text);
            return Task.CompletedTask;
        }

        [WorkflowUpdate("change")]
        public Task<string> ChangeAsync(string text)
        {
            log.Add(text);
            return Task.FromResult($"changed {text}");
        }

        [WorkflowUpdate("slow")]
        public async Task<string> SlowAsync(string text)
        {
            await Workflow.DelayAsync(3);
            await Workflow.WaitConditionAsync(() => pokes >= 2);
            return $"slow {text}";
        }

        private static void Cancel(CancellationTokenSource cancellation) => cancellation.Cancel();

        private async Task CancelAsync()
        {
            using var cancellation = new CancellationTokenSource();
            var hang = Workflow.ExecuteActivityAsync(
                "hang",
                [],
                new() { StartToCloseTimeout = Timeout, HeartbeatTimeout = TimeSpan.FromSeconds(1), CancellationToken = cancellation.Token });
            var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), cancellation.Token);
            await Workflow.DelayAsync(5);
            Cancel(cancellation);
            try
            {
                await hang;
            }
            catch (ActivityFailureException)
            {
                log.Add("cancelled");
            }

            try
            {
                await timer;
            }
            catch (OperationCanceledException)
            {
                // Cancelled together with the activity.
            }
        }
    }

    [Workflow("again")]
    public sealed class AgainWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(int generation)
        {
            await Workflow.DelayAsync(1);
            if (generation == 0)
            {
                throw Workflow.CreateContinueAsNewException((AgainWorkflow again) => again.RunAsync(1));
            }
        }
    }

    [Workflow("again")]
    public sealed class ImpatientWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(int generation) => generation == 0
            ? throw Workflow.CreateContinueAsNewException((ImpatientWorkflow again) => again.RunAsync(1))
            : Task.CompletedTask;
    }
}
