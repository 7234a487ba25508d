namespace Temporalio.DevServer.Engine;

/// <summary>The four timeouts of an activity and its wait between attempts.</summary>
internal static class ActivityTimeouts
{
    /// <summary>What comes due first; no type means that the next attempt begins.</summary>
    public static (DateTimeOffset At, TimeoutType Type)? Next(ActivityState activity)
    {
        (DateTimeOffset At, TimeoutType Type)? next = null;
        Consider(ref next, activity.FirstScheduled, activity.ScheduleToClose, TimeoutType.ScheduleToClose);
        if (activity.RetryAt is { } retryAt)
        {
            return next is { } end && end.At <= retryAt ? next : (retryAt, TimeoutType.Unspecified);
        }

        if (activity.Started is { } started)
        {
            Consider(ref next, started, activity.StartToClose, TimeoutType.StartToClose);
            Consider(ref next, activity.LastHeartbeat > started ? activity.LastHeartbeat.Value : started, activity.Heartbeat, TimeoutType.Heartbeat);
        }
        else
        {
            Consider(ref next, activity.AttemptScheduled, activity.ScheduleToStart, TimeoutType.ScheduleToStart);
        }

        return next;
    }

    public static void Apply(Transition transition, ActivityState activity, TimeoutType type)
    {
        if (type == TimeoutType.Unspecified)
        {
            activity.RetryAt = null;
            activity.AttemptScheduled = transition.Now;
            activity.Dispatched = false;
            return;
        }

        var failure = TimeoutFailure(type, activity.HeartbeatDetails);
        if (type == TimeoutType.ScheduleToClose && activity.LastFailure is not null)
        {
            failure.Cause = activity.LastFailure;
        }

        var (retryState, delay) = RetryRules.Decide(activity.Retry, activity.Attempt, failure, transition.Now, ActivityRules.Expiration(activity));
        if (type is TimeoutType.ScheduleToClose or TimeoutType.ScheduleToStart)
        {
            retryState = type == TimeoutType.ScheduleToClose && activity.Attempt > 1 ? RetryState.Timeout : RetryState.NonRetryableFailure;
        }
        else if (activity.CancelRequestedId != 0)
        {
            retryState = RetryState.CancelRequested;
        }

        if (retryState == RetryState.InProgress)
        {
            ActivityRules.Retry(transition, activity, failure, delay);
            return;
        }

        if (retryState == RetryState.Timeout && type is (TimeoutType.StartToClose or TimeoutType.Heartbeat))
        {
            // There was no time left for another attempt.
            var last = failure;
            failure = TimeoutFailure(TimeoutType.ScheduleToClose, activity.HeartbeatDetails);
            failure.Cause = last;
        }

        ActivityRules.Close(transition, activity, EventType.ActivityTaskTimedOut, (item, startedId) =>
            item.ActivityTaskTimedOutEventAttributes = new ActivityTaskTimedOutEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledId,
                StartedEventId = startedId,
                RetryState = retryState,
            });
    }

    private static Failure TimeoutFailure(TimeoutType type, Payloads? heartbeat) => new()
    {
        Message = $"activity {type} timeout",
        Source = "Server",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type, LastHeartbeatDetails = heartbeat },
    };

    private static void Consider(ref (DateTimeOffset At, TimeoutType Type)? next, DateTimeOffset from, TimeSpan timeout, TimeoutType type)
    {
        if (timeout > TimeSpan.Zero && (next is not { } known || from + timeout < known.At))
        {
            next = (from + timeout, type);
        }
    }
}
