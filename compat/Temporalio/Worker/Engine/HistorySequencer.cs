using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>Cuts a history into the sequences that are replayed one by one.</summary>
internal static class HistorySequencer
{
    /// <summary>Cuts <paramref name="events"/>; what follows the last complete sequence is returned as the rest.</summary>
    internal static (List<HistorySequence> Sequences, IReadOnlyList<HistoryEvent> Remainder) Cut(IReadOnlyList<HistoryEvent> events)
    {
        var ends = new List<int>();
        var start = 0;
        while (start < events.Count && FindEnd(events, start) is { } end)
        {
            ends.Add(end);
            start = end + 1;
        }

        var sequences = new List<HistorySequence>(ends.Count);
        var from = 0;
        for (var i = 0; i < ends.Count; i++)
        {
            var next = ends[i] + 1;
            var until = i + 1 < ends.Count ? ends[i + 1] + 1 : events.Count;
            sequences.Add(new(Slice(events, from, next), Slice(events, next, until)));
            from = next;
        }

        return (sequences, Slice(events, from, events.Count));
    }

    internal static bool IsTerminal(EventType type) => type is
        EventType.WorkflowExecutionCompleted or EventType.WorkflowExecutionFailed or EventType.WorkflowExecutionTimedOut or
        EventType.WorkflowExecutionCanceled or EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionContinuedAsNew;

    // A completion without commands, as the heartbeat of a local activity is, ends a sequence like any other: the run that
    // went through it live saw it as a task of its own too.
    private static int? FindEnd(IReadOnlyList<HistoryEvent> events, int start)
    {
        for (var i = start; i < events.Count; i++)
        {
            if (IsTerminal(events[i].EventType) ||
                (events[i].EventType == EventType.WorkflowTaskStarted && !CameToNothing(TypeAt(events, i + 1))))
            {
                return i;
            }
        }

        return null;
    }

    private static bool CameToNothing(EventType? next) => next is
        EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut or EventType.WorkflowExecutionTerminated or
        EventType.WorkflowExecutionTimedOut or EventType.WorkflowExecutionCanceled;

    private static EventType? TypeAt(IReadOnlyList<HistoryEvent> events, int index) =>
        index < events.Count ? events[index].EventType : null;

    private static HistoryEvent[] Slice(IReadOnlyList<HistoryEvent> events, int from, int until)
    {
        var slice = new HistoryEvent[until - from];
        for (var i = 0; i < slice.Length; i++)
        {
            slice[i] = events[from + i];
        }

        return slice;
    }
}
