using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

/// <summary>A new run that begins with a part of another run's history.</summary>
internal static class ResetRules
{
    private const string ServiceIdentity = "history-service";

    /// <summary>The transitions to commit together: the end of the current run, if it is open, and the new run, which comes last.</summary>
    public static List<Transition> Reset(EngineCore engine, WorkflowSlot slot, Run source, ResetWorkflowExecutionRequest request)
    {
        var events = engine.EventsOf(source);
        var end = request.WorkflowTaskFinishEventId - 1;
        var kept = end < 2 || end > events.Count ? [] : events.Take((int)end).ToList();
        if (PendingTask(kept) is not { } task)
        {
            throw GrpcException.InvalidArgument(
                $"Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: {request.WorkflowTaskFinishEventId}");
        }

        var state = Begin(engine, source.State, kept, request);
        if (state.Children.Count > 0 || state.Externals.Count > 0)
        {
            throw GrpcException.InvalidArgument(
                "This server can not reset to a point at which a child workflow or a request to another workflow was pending: choose another event.");
        }

        var later = events.Skip((int)end).Concat(source.State.Buffer).ToList();
        var transitions = new List<Transition>();
        if (slot.Current is { State.IsOpen: true } current)
        {
            var terminate = slot.Begin(current);
            WorkflowClose.Terminate(terminate, slot, $"Workflow reset: {request.Reason}", null, request.Identity, replaced: true);
            transitions.Add(terminate);
        }

        var run = new Run(state, []);
        var transition = new Transition(engine, run, isNew: true);
        transition.Written.AddRange(kept);
        slot.AddCurrent(run);
        var started = task.StartedId != 0 ? task.StartedId : transition.Append(TaskStarted(transition, task.ScheduledId)).EventId;
        transition.Append(TaskFailed(transition, source.State, task.ScheduledId, started, request));
        foreach (var activity in state.Activities.Values)
        {
            activity.FirstScheduled = activity.AttemptScheduled = transition.Now;
        }

        // One task for everything that comes again, after all of it.
        state.AwaitsParent = true;
        Reapply(transition, later, request);
        state.AwaitsParent = false;
        WorkflowTasks.Ensure(transition);
        transitions.Add(transition);
        return transitions;
    }

    private static RunState Begin(EngineCore engine, RunState source, List<HistoryEvent> kept, ResetWorkflowExecutionRequest request)
    {
        var now = engine.Clock.GetUtcNow();
        var runExpiration = source.RunTimeout > TimeSpan.Zero ? now + source.RunTimeout : (DateTimeOffset?)null;
        var state = new RunState
        {
            RunKey = engine.NextRunKey(),
            Namespace = source.Namespace,
            WorkflowId = source.WorkflowId,
            RunId = Guid.CreateVersion7().ToString(),
            FirstRunId = source.FirstRunId,
            OriginalRunId = source.OriginalRunId,
            StartRequestId = request.RequestId,
            WorkflowType = source.WorkflowType,
            TaskQueue = source.TaskQueue,
            ExecutionTimeout = source.ExecutionTimeout,
            RunTimeout = source.RunTimeout,
            TaskTimeout = source.TaskTimeout,
            Retry = source.Retry,
            Cron = source.Cron,
            Attempt = source.Attempt,
            StartTime = now,
            ExecutionTime = now,
            ExecutionExpiration = source.ExecutionExpiration,
            RunExpiration = source.ExecutionExpiration is { } end && (runExpiration is null || end < runExpiration) ? end : runExpiration,
            ParentNamespace = source.ParentNamespace,
            ParentWorkflowId = source.ParentWorkflowId,
            ParentRunId = source.ParentRunId,
            ParentInitiatedId = source.ParentInitiatedId,
            RootWorkflowId = source.RootWorkflowId,
            RootRunId = source.RootRunId,
            NextEventId = kept.Count + 1,
            HistorySize = kept.Sum(static item => (long)item.CalculateSize()),
        };
        state.RequestIds.AddRange(source.RequestIds);
        kept.ForEach(item => StateReplay.Apply(state, item));
        return state;
    }

    /// <summary>The workflow task that is scheduled, and perhaps started, but not closed after these events.</summary>
    private static (long ScheduledId, long StartedId)? PendingTask(List<HistoryEvent> events)
    {
        (long ScheduledId, long StartedId)? pending = null;
        foreach (var item in events)
        {
            pending = item.EventType switch
            {
                EventType.WorkflowTaskScheduled => (item.EventId, 0),
                EventType.WorkflowTaskStarted => (item.WorkflowTaskStartedEventAttributes.ScheduledEventId, item.EventId),
                EventType.WorkflowTaskCompleted or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut => null,
                _ => pending,
            };
        }

        return pending;
    }

    private static HistoryEvent TaskStarted(Transition transition, long scheduledId)
    {
        var item = transition.Create(EventType.WorkflowTaskStarted);
        item.WorkflowTaskStartedEventAttributes = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = scheduledId,
            Identity = ServiceIdentity,
            RequestId = Guid.NewGuid().ToString(),
            HistorySizeBytes = transition.State.HistorySize,
        };
        return item;
    }

    private static HistoryEvent TaskFailed(
        Transition transition, RunState source, long scheduledId, long startedId, ResetWorkflowExecutionRequest request)
    {
        var item = transition.Create(EventType.WorkflowTaskFailed);
        item.WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
        {
            ScheduledEventId = scheduledId,
            StartedEventId = startedId,
            Cause = WorkflowTaskFailedCause.ResetWorkflow,
            Failure = new Failure { Message = request.Reason, ResetWorkflowFailureInfo = new ResetWorkflowFailureInfo() },
            Identity = request.Identity,
            BaseRunId = source.RunId,
            NewRunId = transition.State.RunId,
        };
        return item;
    }

    /// <summary>What came from outside after the point of the reset happens again.</summary>
    private static void Reapply(Transition transition, List<HistoryEvent> later, ResetWorkflowExecutionRequest request)
    {
        var excluded = request.ResetReapplyExcludeTypes.ToHashSet();
        switch (request.ResetReapplyType)
        {
            case ResetReapplyType.None:
                return;
            case ResetReapplyType.Signal:
                excluded.Add(ResetReapplyExcludeType.Update);
                break;
        }

        foreach (var item in later)
        {
            switch (item.EventType)
            {
                case EventType.WorkflowExecutionSignaled when !excluded.Contains(ResetReapplyExcludeType.Signal):
                    var signal = item.WorkflowExecutionSignaledEventAttributes;
                    SignalRules.Signal(transition, signal.SignalName, signal.Input, signal.Header, signal.Identity, "", signal.ExternalWorkflowExecution);
                    break;
                case EventType.WorkflowExecutionCancelRequested when !excluded.Contains(ResetReapplyExcludeType.CancelRequest):
                    var cancel = item.WorkflowExecutionCancelRequestedEventAttributes;
                    SignalRules.RequestCancel(transition, cancel.Cause, cancel.Identity, cancel.ExternalWorkflowExecution, cancel.ExternalInitiatedEventId);
                    break;
                case EventType.WorkflowExecutionUpdateAccepted when !excluded.Contains(ResetReapplyExcludeType.Update):
                    Admit(transition, item.WorkflowExecutionUpdateAcceptedEventAttributes);
                    break;
            }
        }
    }

    private static void Admit(Transition transition, WorkflowExecutionUpdateAcceptedEventAttributes accepted)
    {
        var item = transition.Create(EventType.WorkflowExecutionUpdateAdmitted);
        item.WorkflowExecutionUpdateAdmittedEventAttributes = new WorkflowExecutionUpdateAdmittedEventAttributes
        {
            Request = accepted.AcceptedRequest,
            Origin = UpdateAdmittedEventOrigin.Reapply,
        };
        transition.Record(item);
        transition.Run.Updates.Add(new UpdateRecord(accepted.ProtocolInstanceId, accepted.AcceptedRequest));
    }
}
