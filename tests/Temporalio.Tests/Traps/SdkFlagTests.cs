using Dualstack.Temporalio.Tests.Server;
using Dualstack.Temporalio.Tests.Worker;
using Google.Protobuf;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>
/// Histories say which behaviours of the SDK made them: 1 compares ids, 2 lists patches in a search attribute, 3 ends with the command
/// that ends the workflow. Histories without a flag replay without its behaviour.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class SdkFlagTests(DevServerProcess server)
{
    [Fact]
    public async Task FirstTask_RecordsFlagsOneToThreeAndTheSdk_LaterTasksDoNot()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(server.Client, new TemporalWorkerOptions(queue).AddWorkflow<FlaggedWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await server.Client.StartWorkflowAsync((FlaggedWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid():N}", queue));
            await handle.SignalAsync(wf => wf.EndAsync());
            await handle.GetResultAsync();
            var history = await handle.FetchHistoryAsync();
            var completions = history.Events
                .Where(e => e.EventType == EventType.WorkflowTaskCompleted)
                .Select(e => e.WorkflowTaskCompletedEventAttributes.SdkMetadata).ToList();
            Assert.Equal([3u, 2u, 1u], completions[0].CoreUsedFlags);
            Assert.Equal([2u], completions[0].LangUsedFlags);
            Assert.Equal("temporal-dotnet", completions[0].SdkName);
            Assert.True(completions.Count > 1);
            Assert.All(completions.Skip(1), later => Assert.True(later == null || later.CalculateSize() == 0));

            // Flag 2: the attribute follows the marker. Flag 3: what the handler issued after the end comes before it.
            var types = history.Events.Select(e => e.EventType).ToList();
            Assert.Equal(EventType.UpsertWorkflowSearchAttributes, types[types.IndexOf(EventType.MarkerRecorded) + 1]);
            Assert.Equal([EventType.TimerStarted, EventType.WorkflowExecutionCompleted], types.TakeLast(2));
            await Histories.ReplayAsync<FlaggedWorkflow>(history);
        });
    }

    [Fact]
    public async Task FlagOne_Missing_OtherActivityTypeIsNotNoticed()
    {
        HistoryEvent[] rest =
        [
            new()
            {
                EventType = EventType.ActivityTaskScheduled,
                ActivityTaskScheduledEventAttributes = new() { ActivityId = "1", ActivityType = new() { Name = "OldName" } },
            },
            Histories.Signaled("unknown"), .. Histories.Task(),
        ];
        var begin = Histories.FirstTask("Renamed", "run");
        await Histories.ReplayAsync<RenamedWorkflow>(begin.With([Histories.Completed(), .. rest]));
        var e = await Assert.ThrowsAsync<WorkflowNondeterminismException>(
            () => Histories.ReplayAsync<RenamedWorkflow>(begin.With([Histories.Completed(1), .. rest])));
        Assert.Contains("OldName", e.Message, StringComparison.Ordinal);
        Assert.Contains("NewName", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlagTwo_Missing_NoAttributeIsExpectedBehindTheMarker()
    {
        var marker = new HistoryEvent
        {
            EventType = EventType.MarkerRecorded,
            MarkerRecordedEventAttributes = new() { MarkerName = "core_patch" },
        };
        marker.MarkerRecordedEventAttributes.Details["patch-data"] = new()
        {
            Payloads_ = { FakeWorker.Text("").Payloads_[0].Clone() },
        };
        marker.MarkerRecordedEventAttributes.Details["patch-data"].Payloads_[0].Data =
            ByteString.CopyFromUtf8("""{"id":"p","deprecated":false}""");
        await Histories.ReplayAsync<PatchedWorkflow>(Histories.FirstTask("Patched", "run").With(
            [Histories.Completed(1), marker, Histories.TimerStarted("1"), Histories.Signaled("unknown"), .. Histories.Task()]));
    }

    [Fact]
    public async Task FlagThree_Missing_NothingComesBehindOrBeforeTheEndThatWasIssuedAfterIt()
    {
        var begin = Histories.FirstTask("Ending", "run").With([Histories.Completed(1), Histories.Signaled("end"), .. Histories.Task()]);
        HistoryEvent ended = new() { EventType = EventType.WorkflowExecutionCompleted, WorkflowExecutionCompletedEventAttributes = new() };
        await Histories.ReplayAsync<EndingWorkflow>(begin.With(Histories.Completed(1), ended));
        await Assert.ThrowsAsync<WorkflowNondeterminismException>(
            () => Histories.ReplayAsync<EndingWorkflow>(begin.With(Histories.Completed(3), ended)));
        await Histories.ReplayAsync<EndingWorkflow>(begin.With(Histories.Completed(3), Histories.TimerStarted("1"), ended));
    }

    [Workflow]
    public sealed class FlaggedWorkflow : EndingBase
    {
        [WorkflowRun]
        public Task RunAsync()
        {
            Workflow.Patched("p");
            return UntilEndAsync();
        }

        [WorkflowSignal("end")]
        public new Task EndAsync() => base.EndAsync();
    }

    [Workflow("Ending")]
    public sealed class EndingWorkflow : EndingBase
    {
        [WorkflowRun]
        public Task RunAsync() => UntilEndAsync();

        [WorkflowSignal("end")]
        public new Task EndAsync() => base.EndAsync();
    }

    /// <summary>The run method ends first, because it has waited longer; then the handler still starts a timer.</summary>
    public abstract class EndingBase
    {
        private bool ended;

        protected Task UntilEndAsync() => Workflow.WaitConditionAsync(() => ended);

        protected async Task EndAsync()
        {
            ended = true;
            await Workflow.WaitConditionAsync(() => ended);
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
        }
    }

    [Workflow("Renamed")]
    public sealed class RenamedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.ExecuteActivityAsync(() => Work(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) });

        [Activity("NewName")]
        public static void Work()
        {
        }
    }

    [Workflow("Patched")]
    public sealed class PatchedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.Patched("p") ? Workflow.DelayAsync(1000) : Task.CompletedTask;
    }
}
