using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>The life of a workflow task up to its completion. At most one exists per run.</summary>
internal static class WorkflowTasks
{
    private static readonly TimeSpan FirstExtension = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestExtension = TimeSpan.FromMinutes(10);
    private const int AttemptsWithoutExtension = 3;

    /// <summary>Schedules a workflow task unless there is one or the run must not have one yet.</summary>
    public static void Ensure(Transition transition)
    {
        var state = transition.State;
        if (state is { IsOpen: true, Task: null, FirstTaskAt: null, AwaitsParent: false })
        {
            Schedule(transition, state.NextTaskAttempt > 1 ? WorkflowTaskKind.Transient : WorkflowTaskKind.Normal);
        }
    }

    public static void Schedule(Transition transition, WorkflowTaskKind kind)
    {
        var state = transition.State;
        if (state.StickyQueue.Length > 0 && !transition.Engine.Queues.StickyWorkerPresent(state.Namespace, state.StickyQueue))
        {
            state.StickyQueue = "";
        }

        var task = new WorkflowTaskState
        {
            Stamp = state.NextStamp++,
            Kind = kind,
            ScheduledId = state.NextEventId,
            Attempt = kind == WorkflowTaskKind.Transient ? state.NextTaskAttempt : 1,
            Scheduled = transition.Now,
            StickyQueue = state.StickyQueue,
            StickyTimeout = state.StickyTimeout > TimeSpan.Zero ? state.StickyTimeout : TimeSpan.FromSeconds(5),
        };
        task.Timeout = state.TaskTimeout + Extension(task.Attempt);
        state.Task = task;
        if (kind == WorkflowTaskKind.Normal)
        {
            transition.Append(ScheduledEvent(transition, task));
        }
    }

    /// <summary>Hands the task to a worker. Null when the hint no longer holds.</summary>
    public static WorkflowTaskState? Start(Transition transition, string identity)
    {
        var state = transition.State;
        var task = state.Task!;
        if (task.Kind != WorkflowTaskKind.Normal && state.NextEventId != task.ScheduledId)
        {
            // Something happened since: an ordinary task again.
            task.Kind = WorkflowTaskKind.Normal;
            task.Attempt = 1;
            task.Timeout = state.TaskTimeout;
            task.ScheduledId = state.NextEventId;
            transition.Append(ScheduledEvent(transition, task));
        }

        var limits = transition.Engine.Limits;
        task.Started = transition.Now;
        task.Identity = identity;
        task.RequestId = Guid.NewGuid().ToString();
        task.HistorySize = state.HistorySize;
        task.SuggestContinueAsNew = state.LastEventId >= limits.SuggestContinueAsNewEvents ||
            state.HistorySize >= limits.SuggestContinueAsNewBytes ||
            state.Updates.Count >= limits.UpdatesTotal * 9 / 10;
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            task.StartedId = transition.Append(StartedEvent(transition, task)).EventId;
        }
        else
        {
            task.StartedId = task.ScheduledId + 1;
        }

        return task;
    }

    /// <summary>The events of a task that are shown to the worker but not (yet) part of the history.</summary>
    public static IEnumerable<HistoryEvent> Provisional(Transition transition, WorkflowTaskState task)
    {
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            yield break;
        }

        var scheduled = ScheduledEvent(transition, task);
        scheduled.EventId = task.ScheduledId;
        yield return scheduled;
        var started = StartedEvent(transition, task);
        started.EventId = task.StartedId;
        yield return started;
    }

    /// <summary>Writes the events of a transient or speculative task, which so becomes an ordinary one.</summary>
    public static void MakeReal(Transition transition)
    {
        var task = transition.State.Task!;
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            return;
        }

        task.Kind = WorkflowTaskKind.Normal;
        task.ScheduledId = transition.Append(ScheduledEvent(transition, task)).EventId;
        if (task.IsStarted)
        {
            task.StartedId = transition.Append(StartedEvent(transition, task)).EventId;
        }
    }

    public static void Fail(Transition transition, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        WriteFailed(transition, cause, failure, identity);
        Repeat(transition, countAttempt: true);
    }

    /// <summary>The task fails and no other follows: the workflow ends with it.</summary>
    public static void FailForGood(Transition transition, WorkflowSlot slot, WorkflowTaskFailedCause cause, Failure failure, string identity)
    {
        WriteFailed(transition, cause, failure, identity);
        transition.State.Task = null;
        WorkflowClose.Terminate(transition, slot, failure.Message, null, "history-service");
    }

    private static void WriteFailed(Transition transition, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        var task = transition.State.Task!;
        if (task.Kind == WorkflowTaskKind.Speculative)
        {
            MakeReal(transition);
        }

        if (task.Kind == WorkflowTaskKind.Normal)
        {
            var item = transition.Create(EventType.WorkflowTaskFailed);
            item.WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledId,
                StartedEventId = task.StartedId,
                Cause = cause,
                Failure = failure,
                Identity = identity,
            };
            transition.Append(item);
        }
    }

    public static void TimeOut(Transition transition, TimeoutType type)
    {
        var state = transition.State;
        var task = state.Task!;
        if (task.Kind == WorkflowTaskKind.Speculative)
        {
            MakeReal(transition);
        }

        if (task.Kind == WorkflowTaskKind.Normal)
        {
            var item = transition.Create(EventType.WorkflowTaskTimedOut);
            item.WorkflowTaskTimedOutEventAttributes = new WorkflowTaskTimedOutEventAttributes
            {
                ScheduledEventId = task.ScheduledId,
                StartedEventId = task.StartedId,
                TimeoutType = type,
            };
            transition.Append(item);
        }

        Repeat(transition, countAttempt: type == TimeoutType.StartToClose);
    }

    private static void Repeat(Transition transition, bool countAttempt)
    {
        var state = transition.State;
        var attempt = state.Task!.Attempt;
        var wasSticky = state.StickyQueue.Length > 0;
        state.Task = null;
        state.StickyQueue = "";
        state.NextTaskAttempt = countAttempt && !wasSticky ? attempt + 1 : 1;
        if (EventBuffer.Flush(transition))
        {
            state.NextTaskAttempt = 1;
        }

        transition.Run.Updates.ForgetSending();
        foreach (var query in transition.Run.Queries)
        {
            query.Attached = false;
        }

        Ensure(transition);
    }

    private static TimeSpan Extension(int attempt)
    {
        var steps = attempt - AttemptsWithoutExtension - 1;
        return steps < 0 ? TimeSpan.Zero : steps > 7 ? LongestExtension : TimeSpan.FromTicks(Math.Min(FirstExtension.Ticks << steps, LongestExtension.Ticks));
    }

    private static HistoryEvent ScheduledEvent(Transition transition, WorkflowTaskState task)
    {
        var state = transition.State;
        var item = transition.Create(EventType.WorkflowTaskScheduled);
        item.EventTime = task.Scheduled.Stamp();
        item.WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
        {
            TaskQueue = task.StickyQueue.Length > 0
                ? new TaskQueue { Name = task.StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = state.TaskQueue }
                : new TaskQueue { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
            StartToCloseTimeout = task.Timeout.Proto(),
            Attempt = task.Attempt,
        };
        return item;
    }

    private static HistoryEvent StartedEvent(Transition transition, WorkflowTaskState task)
    {
        var item = transition.Create(EventType.WorkflowTaskStarted);
        item.EventTime = task.Started.Stamp();
        var attributes = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledId,
            Identity = task.Identity,
            RequestId = task.RequestId,
            SuggestContinueAsNew = task.SuggestContinueAsNew,
            HistorySizeBytes = task.HistorySize,
        };
        item.WorkflowTaskStartedEventAttributes = attributes;
        if (task.SuggestContinueAsNew)
        {
            attributes.SuggestContinueAsNewReasons.Add(task.HistorySize >= transition.Engine.Limits.SuggestContinueAsNewBytes
                ? SuggestContinueAsNewReason.HistorySizeTooLarge
                : transition.State.Updates.Count >= transition.Engine.Limits.UpdatesTotal * 9 / 10
                    ? SuggestContinueAsNewReason.TooManyUpdates
                    : SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        return item;
    }
}
