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

    private static int? FindEnd(IReadOnlyList<HistoryEvent> events, int start)
    {
        var candidates = new List<int>();
        for (var i = start; i < events.Count; i++)
        {
            if (IsTerminal(events[i].EventType))
            {
                return i;
            }

            if (events[i].EventType != EventType.WorkflowTaskStarted)
            {
                continue;
            }

            switch (TypeAt(events, i + 1))
            {
                case null:
                    return i;
                case EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut or
                    EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionTimedOut or
                    EventType.WorkflowExecutionCanceled:
                    // A task that came to nothing.
                    continue;
            }

            candidates.Add(i);
            switch (TypeAt(events, i + 2))
            {
                case EventType.WorkflowTaskScheduled:
                    // A completion without commands, at once followed by the next task: the heartbeat of a local activity.
                    continue;
                case EventType.WorkflowExecutionUpdateAccepted:
                    var sequencedAt = events[i + 2].WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequestSequencingEventId;
                    for (var c = candidates.Count - 1; c >= 0; c--)
                    {
                        if (events[candidates[c]].EventId < sequencedAt)
                        {
                            // The update came with a later task than the one before it, which did nothing. Cut there.
                            return candidates[c];
                        }
                    }

                    return i;
                default:
                    return i;
            }
        }

        return null;
    }

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
