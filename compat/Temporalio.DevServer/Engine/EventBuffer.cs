namespace Temporalio.DevServer.Engine;

/// <summary>Events that waited for a workflow task to come back, and the order in which they enter the history.</summary>
internal static class EventBuffer
{
    /// <summary>Appends what waited; the closing events of activities and children go last. True when there was anything.</summary>
    public static bool Flush(Transition transition)
    {
        var state = transition.State;
        if (state.Buffer.Count == 0)
        {
            return false;
        }

        var waiting = state.Buffer.ToList();
        state.Buffer.Clear();
        foreach (var item in waiting.Where(static item => !Closes(item.EventType)).Concat(waiting.Where(static item => Closes(item.EventType))))
        {
            // Its started event may only now have got an id.
            Repoint(transition, item);
            transition.Append(item);
            Settle(state, item);
        }

        return true;
    }

    /// <summary>Tells the state the id that an event got.</summary>
    public static void Settle(RunState state, HistoryEvent item)
    {
        if (item.EventType == EventType.ChildWorkflowExecutionStarted &&
            state.Children.TryGetValue(item.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId, out var child))
        {
            child.StartedId = item.EventId;
        }
    }

    private static bool Closes(EventType type) => type is
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled or
        EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionCanceled or
        EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionTerminated;

    private static void Repoint(Transition transition, HistoryEvent item)
    {
        switch (item.EventType)
        {
            case EventType.ActivityTaskCompleted when item.ActivityTaskCompletedEventAttributes is { StartedEventId: EventIds.Buffered } a:
                a.StartedEventId = ActivityStarted(transition, a.ScheduledEventId);
                break;
            case EventType.ActivityTaskFailed when item.ActivityTaskFailedEventAttributes is { StartedEventId: EventIds.Buffered } a:
                a.StartedEventId = ActivityStarted(transition, a.ScheduledEventId);
                break;
            case EventType.ActivityTaskTimedOut when item.ActivityTaskTimedOutEventAttributes is { StartedEventId: EventIds.Buffered } a:
                a.StartedEventId = ActivityStarted(transition, a.ScheduledEventId);
                break;
            case EventType.ActivityTaskCanceled when item.ActivityTaskCanceledEventAttributes is { StartedEventId: EventIds.Buffered } a:
                a.StartedEventId = ActivityStarted(transition, a.ScheduledEventId);
                break;
            case EventType.ChildWorkflowExecutionCompleted when item.ChildWorkflowExecutionCompletedEventAttributes is { StartedEventId: EventIds.Buffered } c:
                c.StartedEventId = ChildStarted(transition, c.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionFailed when item.ChildWorkflowExecutionFailedEventAttributes is { StartedEventId: EventIds.Buffered } c:
                c.StartedEventId = ChildStarted(transition, c.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionCanceled when item.ChildWorkflowExecutionCanceledEventAttributes is { StartedEventId: EventIds.Buffered } c:
                c.StartedEventId = ChildStarted(transition, c.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionTimedOut when item.ChildWorkflowExecutionTimedOutEventAttributes is { StartedEventId: EventIds.Buffered } c:
                c.StartedEventId = ChildStarted(transition, c.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionTerminated when item.ChildWorkflowExecutionTerminatedEventAttributes is { StartedEventId: EventIds.Buffered } c:
                c.StartedEventId = ChildStarted(transition, c.InitiatedEventId);
                break;
        }
    }

    private static long ActivityStarted(Transition transition, long scheduledId) => transition.Written.FindLast(item =>
        item.ActivityTaskStartedEventAttributes is { } started && started.ScheduledEventId == scheduledId)!.EventId;

    private static long ChildStarted(Transition transition, long initiatedId) => transition.Written.FindLast(item =>
        item.ChildWorkflowExecutionStartedEventAttributes is { } started && started.InitiatedEventId == initiatedId)!.EventId;
}
