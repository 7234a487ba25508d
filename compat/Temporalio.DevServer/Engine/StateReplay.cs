namespace Temporalio.DevServer.Engine;

/// <summary>Finds out of events what is pending after them: the state that a reset run begins with.</summary>
internal static class StateReplay
{
    public static void Apply(RunState state, HistoryEvent item)
    {
        ApplyWorkflow(state, item);
        ApplyActivity(state, item);
        ApplyOthers(state, item);
    }

    private static void ApplyWorkflow(RunState state, HistoryEvent item)
    {
        switch (item.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                var started = item.WorkflowExecutionStartedEventAttributes;
                state.Memo = started.Memo is { Fields.Count: > 0 } ? started.Memo : null;
                state.SearchAttributes = started.SearchAttributes is { IndexedFields.Count: > 0 } ? started.SearchAttributes : null;
                break;
            case EventType.WorkflowTaskCompleted:
                state.PreviousStartedId = item.WorkflowTaskCompletedEventAttributes.StartedEventId;
                break;
            case EventType.WorkflowExecutionSignaled:
                state.SignalCount++;
                break;
            case EventType.WorkflowExecutionCancelRequested:
                state.CancelRequested = true;
                break;
            case EventType.UpsertWorkflowSearchAttributes:
                state.SearchAttributes = UpsertCommands.Merged(
                    state.SearchAttributes, item.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes);
                break;
            case EventType.WorkflowPropertiesModified:
                state.Memo = UpsertCommands.Merged(state.Memo, item.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo);
                break;
            case EventType.WorkflowExecutionUpdateAccepted:
                var id = item.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId;
                state.Updates[id] = new UpdateState { UpdateId = id, AcceptedId = item.EventId };
                break;
            case EventType.WorkflowExecutionUpdateCompleted:
                if (state.Updates.TryGetValue(item.WorkflowExecutionUpdateCompletedEventAttributes.Meta.UpdateId, out var update))
                {
                    update.CompletedId = item.EventId;
                }

                break;
        }
    }

    private static void ApplyActivity(RunState state, HistoryEvent item)
    {
        switch (item.EventType)
        {
            case EventType.ActivityTaskScheduled:
                var attributes = item.ActivityTaskScheduledEventAttributes;
                state.Activities.Add(item.EventId, new ActivityState
                {
                    ScheduledId = item.EventId,
                    ActivityId = attributes.ActivityId,
                    Type = attributes.ActivityType.Name,
                    TaskQueue = attributes.TaskQueue.Name,
                    ScheduleToClose = attributes.ScheduleToCloseTimeout.Span(),
                    ScheduleToStart = attributes.ScheduleToStartTimeout.Span(),
                    StartToClose = attributes.StartToCloseTimeout.Span(),
                    Heartbeat = attributes.HeartbeatTimeout.Span(),
                    Retry = attributes.RetryPolicy,
                    Stamp = state.NextStamp++,
                });
                break;
            case EventType.ActivityTaskCancelRequested:
                if (state.Activities.TryGetValue(item.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var activity))
                {
                    activity.CancelRequestedId = item.EventId;
                }

                break;
            case EventType.ActivityTaskCompleted:
                state.Activities.Remove(item.ActivityTaskCompletedEventAttributes.ScheduledEventId);
                break;
            case EventType.ActivityTaskFailed:
                state.Activities.Remove(item.ActivityTaskFailedEventAttributes.ScheduledEventId);
                break;
            case EventType.ActivityTaskTimedOut:
                state.Activities.Remove(item.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case EventType.ActivityTaskCanceled:
                state.Activities.Remove(item.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
        }
    }

    private static void ApplyOthers(RunState state, HistoryEvent item)
    {
        switch (item.EventType)
        {
            case EventType.TimerStarted:
                var timer = item.TimerStartedEventAttributes;
                state.Timers[timer.TimerId] = new TimerState
                {
                    TimerId = timer.TimerId,
                    StartedId = item.EventId,
                    FireAt = item.EventTime.ToDateTimeOffset() + timer.StartToFireTimeout.Span(),
                };
                break;
            case EventType.TimerFired:
                state.Timers.Remove(item.TimerFiredEventAttributes.TimerId);
                break;
            case EventType.TimerCanceled:
                state.Timers.Remove(item.TimerCanceledEventAttributes.TimerId);
                break;
            case EventType.StartChildWorkflowExecutionInitiated:
                state.Children.Add(item.EventId, new ChildState { InitiatedId = item.EventId });
                break;
            case EventType.StartChildWorkflowExecutionFailed:
                state.Children.Remove(item.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionCompleted:
                state.Children.Remove(item.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionFailed:
                state.Children.Remove(item.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionCanceled:
                state.Children.Remove(item.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionTimedOut:
                state.Children.Remove(item.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId);
                break;
            case EventType.ChildWorkflowExecutionTerminated:
                state.Children.Remove(item.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId);
                break;
            case EventType.SignalExternalWorkflowExecutionInitiated:
            case EventType.RequestCancelExternalWorkflowExecutionInitiated:
                state.Externals.Add(item.EventId, new ExternalRequestState { InitiatedId = item.EventId });
                break;
            case EventType.ExternalWorkflowExecutionSignaled:
                state.Externals.Remove(item.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId);
                break;
            case EventType.SignalExternalWorkflowExecutionFailed:
                state.Externals.Remove(item.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case EventType.ExternalWorkflowExecutionCancelRequested:
                state.Externals.Remove(item.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId);
                break;
            case EventType.RequestCancelExternalWorkflowExecutionFailed:
                state.Externals.Remove(item.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
        }
    }
}
