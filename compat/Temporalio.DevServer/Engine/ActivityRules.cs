namespace Temporalio.DevServer.Engine;

/// <summary>What happens to a pending activity.</summary>
internal static class ActivityRules
{
    private const int LargestKeptFailure = 4 * 1024;

    public static DateTimeOffset? Expiration(ActivityState activity) =>
        activity.ScheduleToClose > TimeSpan.Zero ? activity.FirstScheduled + activity.ScheduleToClose : null;

    public static void Start(Transition transition, ActivityState activity, string identity)
    {
        activity.Started = transition.Now;
        activity.LastHeartbeat = null;
        activity.Identity = identity;
        activity.RequestId = Guid.NewGuid().ToString();
    }

    public static void Complete(Transition transition, ActivityState activity, Payloads? result, string identity) =>
        Close(transition, activity, EventType.ActivityTaskCompleted, (item, startedId) =>
            item.ActivityTaskCompletedEventAttributes = new ActivityTaskCompletedEventAttributes
            {
                Result = result,
                ScheduledEventId = activity.ScheduledId,
                StartedEventId = startedId,
                Identity = identity,
            });

    public static void Fail(Transition transition, ActivityState activity, Failure failure, Payloads? heartbeat, string identity)
    {
        if (heartbeat is not null)
        {
            activity.HeartbeatDetails = heartbeat;
        }

        var (retryState, delay) = RetryRules.Decide(activity.Retry, activity.Attempt, failure, transition.Now, Expiration(activity));
        if (retryState == RetryState.InProgress && activity.CancelRequestedId == 0)
        {
            Retry(transition, activity, failure, delay);
            return;
        }

        Close(transition, activity, EventType.ActivityTaskFailed, (item, startedId) =>
            item.ActivityTaskFailedEventAttributes = new ActivityTaskFailedEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledId,
                StartedEventId = startedId,
                Identity = identity,
                RetryState = retryState == RetryState.InProgress ? RetryState.CancelRequested : retryState,
            });
    }

    public static void Cancel(Transition transition, ActivityState activity, Payloads? details, string identity) =>
        Close(transition, activity, EventType.ActivityTaskCanceled, (item, startedId) =>
            item.ActivityTaskCanceledEventAttributes = new ActivityTaskCanceledEventAttributes
            {
                Details = details,
                LatestCancelRequestedEventId = activity.CancelRequestedId,
                ScheduledEventId = activity.ScheduledId,
                StartedEventId = startedId,
                Identity = identity,
            });

    public static void Retry(Transition transition, ActivityState activity, Failure failure, TimeSpan delay)
    {
        activity.LastFailure = Shorten(failure);
        activity.LastAttemptClosed = transition.Now;
        activity.Attempt++;
        activity.RetryAt = transition.Now + delay;
        activity.Started = null;
        activity.RequestId = "";
        activity.Stamp = transition.State.NextStamp++;
        activity.Dispatched = false;
    }

    /// <summary>Ends the activity; its started event, if it ever started, is only written now.</summary>
    public static void Close(Transition transition, ActivityState activity, EventType type, Action<HistoryEvent, long> fill)
    {
        var state = transition.State;
        state.Activities.Remove(activity.ScheduledId);
        long startedId = 0;
        if (activity.Started is { } startedAt)
        {
            var started = transition.Create(EventType.ActivityTaskStarted);
            started.EventTime = startedAt.Stamp();
            started.ActivityTaskStartedEventAttributes = new ActivityTaskStartedEventAttributes
            {
                ScheduledEventId = activity.ScheduledId,
                Identity = activity.Identity,
                RequestId = activity.RequestId,
                Attempt = activity.Attempt,
                LastFailure = activity.LastFailure,
            };
            transition.Record(started);
            startedId = started.EventId == 0 ? EventIds.Buffered : started.EventId;
        }

        var item = transition.Create(type);
        fill(item, startedId);
        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    private static Failure Shorten(Failure failure)
    {
        if (failure.CalculateSize() <= LargestKeptFailure)
        {
            return failure;
        }

        var message = failure.Message.Length > 1000 ? failure.Message[..1000] : failure.Message;
        var shortened = new Failure { Message = message, Source = failure.Source };
        if (failure.ApplicationFailureInfo is { } application)
        {
            shortened.ApplicationFailureInfo = new ApplicationFailureInfo { Type = application.Type, NonRetryable = application.NonRetryable };
        }

        return shortened;
    }
}
