using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Histories made by hand.</summary>
internal static class Histories
{
    internal static WorkflowHistory FirstTask(string workflowType, string originalRunId) => new(
        "wf",
        Number(
        [
            new()
            {
                EventType = EventType.WorkflowExecutionStarted,
                WorkflowExecutionStartedEventAttributes = new()
                {
                    WorkflowType = new() { Name = workflowType },
                    TaskQueue = new() { Name = "queue" },
                    OriginalExecutionRunId = originalRunId,
                    FirstExecutionRunId = originalRunId,
                    WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
                },
            },
            .. Task(),
        ]));

    /// <summary>A task that was scheduled and started, and no more.</summary>
    internal static IEnumerable<HistoryEvent> Task() =>
    [
        new() { EventType = EventType.WorkflowTaskScheduled, WorkflowTaskScheduledEventAttributes = new() },
        new() { EventType = EventType.WorkflowTaskStarted, WorkflowTaskStartedEventAttributes = new() },
    ];

    internal static HistoryEvent Completed(params uint[] coreFlags) => new()
    {
        EventType = EventType.WorkflowTaskCompleted,
        WorkflowTaskCompletedEventAttributes = new()
        {
            SdkMetadata = new() { CoreUsedFlags = { coreFlags }, LangUsedFlags = { 2 } },
        },
    };

    internal static HistoryEvent Signaled(string name) => new()
    {
        EventType = EventType.WorkflowExecutionSignaled,
        WorkflowExecutionSignaledEventAttributes = new() { SignalName = name },
    };

    internal static HistoryEvent Reset(string newRunId) => new()
    {
        EventType = EventType.WorkflowTaskFailed,
        WorkflowTaskFailedEventAttributes = new() { Cause = WorkflowTaskFailedCause.ResetWorkflow, NewRunId = newRunId },
    };

    internal static HistoryEvent TimerStarted(string id) => new()
    {
        EventType = EventType.TimerStarted,
        TimerStartedEventAttributes = new() { TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) },
    };

    internal static WorkflowHistory With(this WorkflowHistory history, params HistoryEvent[] more) =>
        history with { Events = Number([.. history.Events.Select(e => e.Clone()), .. more]) };

    internal static async Task ReplayAsync<TWorkflow>(WorkflowHistory history) =>
        await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<TWorkflow>()).ReplayWorkflowAsync(history);

    private static List<HistoryEvent> Number(List<HistoryEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            events[i].EventId = i + 1;
            events[i].EventTime ??= Timestamp.FromDateTime(DateTime.UnixEpoch.AddSeconds(i));
        }

        return events;
    }
}
