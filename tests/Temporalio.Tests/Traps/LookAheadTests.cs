using Dualstack.Temporalio.Tests.Worker;
using Google.Protobuf;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>
/// Markers, accepted updates and flags stand in history behind the workflow task that made them: replay has to look ahead of the
/// task that it applies, and no further.
/// </summary>
public sealed class LookAheadTests
{
    private static HistoryEvent[] Patch(string id, bool deprecated = false) =>
    [
        Marker("core_patch", ("patch-data", Json($$"""{"id":"{{id}}","deprecated":{{(deprecated ? "true" : "false")}}}"""))),
        new()
        {
            EventType = EventType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesEventAttributes = new()
            {
                SearchAttributes = new() { IndexedFields = { ["TemporalChangeVersion"] = Json($"[\"{id}\"]") } },
            },
        },
    ];

    [Fact]
    public async Task Patch_MarkerBehindTheTask_IsTaken() => await Histories.ReplayAsync<PatchedWorkflow>(
        Histories.FirstTask("Patching", "run").With([Histories.Completed(3, 2, 1), .. Patch("p"), Histories.TimerStarted("1")]));

    [Fact]
    public async Task Patch_NoMarkerBehindTheTask_IsNotTaken() => await Histories.ReplayAsync<PatchedWorkflow>(
        Histories.FirstTask("Patching", "run").With(
            [Histories.Completed(3, 2, 1), Activity(), Histories.Signaled("x"), .. Histories.Task()]));

    [Fact]
    public async Task Patch_MarkerOfALaterTask_IsNotTakenByAnEarlierOne()
    {
        // Asked for in the first task already, while history has it behind the second: the first one did without.
        var history = Histories.FirstTask("Patching", "run").With(
            [Histories.Completed(3, 2, 1), Histories.Signaled("x"), .. Histories.Task(), Histories.Completed(), .. Patch("p"), Histories.TimerStarted("1")]);
        var e = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<PatchedWorkflow>(history));
        Assert.Contains("ScheduleActivityTask", e.Message, StringComparison.Ordinal);
        await Histories.ReplayAsync<LatePatchedWorkflow>(history);
    }

    [Fact]
    public async Task Patch_MarkerWithoutACall_NamesIt()
    {
        var history = Histories.FirstTask("Patching", "run").With(
            [Histories.Completed(3, 2, 1), .. Patch("p"), Histories.TimerStarted("1"), Histories.Signaled("x"), .. Histories.Task()]);
        var e = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<TimerWorkflow>(history));
        Assert.Contains("event 5 MarkerRecorded of marker core_patch", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeprecatedPatch_MarkerWithoutACall_IsSkippedWithItsAttribute() => await Histories.ReplayAsync<TimerWorkflow>(
        Histories.FirstTask("Patching", "run").With(
            [Histories.Completed(3, 2, 1), .. Patch("p", deprecated: true), Histories.TimerStarted("1"), Histories.Signaled("x"), .. Histories.Task()]));

    [Fact]
    public async Task LocalActivity_MarkerBehindTheTask_GivesItsResultWithinTheTask()
    {
        LocalWorkflow.Runs = 0;
        await Histories.ReplayAsync<LocalWorkflow>(Histories.FirstTask("Local", "run").With(
            [Histories.Completed(3, 2, 1), LocalResult(1, "first"), LocalResult(2, "second"), Histories.TimerStarted("1"), Histories.Signaled("x"), .. Histories.Task()]));
        Assert.Equal(0, LocalWorkflow.Runs);
        Assert.Equal("first second", LocalWorkflow.Results);
    }

    [Fact]
    public async Task LocalActivity_MarkerOfALaterTask_IsNotAppliedEarlier()
    {
        // The first task ended as a heartbeat, while the activity still ran.
        LocalWorkflow.Results = "";
        var soFar = Histories.FirstTask("Local", "run").With([Histories.Completed(3, 2, 1), .. Histories.Task()]);
        await Histories.ReplayAsync<LocalWorkflow>(soFar);
        Assert.Equal("", LocalWorkflow.Results);
        await Histories.ReplayAsync<LocalWorkflow>(soFar.With(
            Histories.Completed(), LocalResult(1, "first"), LocalResult(2, "second"), Histories.TimerStarted("1")));
        Assert.Equal("first second", LocalWorkflow.Results);
    }

    [Fact]
    public async Task Update_AcceptedBehindTheTask_RunsWithinIt() => await Histories.ReplayAsync<UpdatedWorkflow>(
        Histories.FirstTask("Updated", "run").With(
            Histories.Completed(3, 2, 1),
            new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionUpdateAccepted,
                WorkflowExecutionUpdateAcceptedEventAttributes = new()
                {
                    ProtocolInstanceId = "u",
                    AcceptedRequestMessageId = "u/request",
                    AcceptedRequestSequencingEventId = 2,
                    AcceptedRequest = new() { Meta = new() { UpdateId = "u" }, Input = new() { Name = "Set" } },
                },
            },
            Histories.TimerStarted("1")));

    private static HistoryEvent LocalResult(int seq, string result) => Marker(
        "core_local_activity",
        ("data", Json(
            $$"""{"seq":{{seq}},"attempt":1,"activity_id":"{{seq}}","activity_type":"Work",""" +
            """ "complete_time":{"seconds":100,"nanos":0},"backoff":null,"original_schedule_time":{"seconds":99,"nanos":0}}""")),
        ("result", Json($"\"{result}\"")));

    private static HistoryEvent Marker(string name, params (string Key, Payload Value)[] details)
    {
        var marker = new HistoryEvent
        {
            EventType = EventType.MarkerRecorded,
            MarkerRecordedEventAttributes = new() { MarkerName = name },
        };
        foreach (var (key, value) in details)
        {
            marker.MarkerRecordedEventAttributes.Details[key] = new() { Payloads_ = { value } };
        }

        return marker;
    }

    private static Payload Json(string text) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFromUtf8(text),
    };

    private static HistoryEvent Activity() => new()
    {
        EventType = EventType.ActivityTaskScheduled,
        ActivityTaskScheduledEventAttributes = new() { ActivityId = "1", ActivityType = new() { Name = "Work" } },
    };

    [Workflow("Patching")]
    public sealed class PatchedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.Patched("p")
            ? Workflow.DelayAsync(1000)
            : Workflow.ExecuteActivityAsync("Work", [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) });
    }

    [Workflow("Patching")]
    public sealed class LatePatchedWorkflow
    {
        private bool go;

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.WaitConditionAsync(() => go);
            if (Workflow.Patched("p"))
            {
                await Workflow.DelayAsync(1000);
            }
        }

        [WorkflowSignal("x")]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Patching")]
    public sealed class TimerWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.DelayAsync(1000);
    }

    [Workflow("Local")]
    public sealed class LocalWorkflow
    {
        internal static int Runs { get; set; }

        internal static string Results { get; set; } = "";

        [Activity]
        public static string Work()
        {
            Runs++;
            return "ran";
        }

        [WorkflowRun]
        public async Task RunAsync()
        {
            LocalActivityOptions options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) };
            var first = await Workflow.ExecuteLocalActivityAsync(() => Work(), options);
            var second = await Workflow.ExecuteLocalActivityAsync(() => Work(), options);
            Results = $"{first} {second}";
            await Workflow.DelayAsync(1000);
        }
    }

    [Workflow("Updated")]
    public sealed class UpdatedWorkflow
    {
        private bool set;

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.WaitConditionAsync(() => set);
            await Workflow.DelayAsync(1000);
        }

        [WorkflowUpdate]
        public async Task SetAsync()
        {
            set = true;
            await Workflow.WaitConditionAsync(() => false);
        }
    }
}
