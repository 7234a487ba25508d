using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

/// <summary>A new run that begins with a part of another run's history.</summary>
internal static class ResetRules
{
    /// <summary>The transitions to commit together: the end of the current run, if it is open, and the new run, which comes last.</summary>
    public static List<Transition> Reset(EngineCore engine, WorkflowSlot slot, Run source, ResetWorkflowExecutionRequest request)
    {
        var events = engine.EventsOf(source);
        var end = request.WorkflowTaskFinishEventId - 1;
        if (end < 2 || end > events.Count || events[(int)end - 1].EventType != EventType.WorkflowTaskStarted)
        {
            throw GrpcException.InvalidArgument(
                "WorkflowTaskFinishEventId must be the id of the event that ended a workflow task, or the id after its started event.");
        }

        var kept = events.Take((int)end).ToList();
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
        transition.Append(TaskFailed(transition, source.State, kept[^1], request));
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

    private static HistoryEvent TaskFailed(Transition transition, RunState source, HistoryEvent started, ResetWorkflowExecutionRequest request)
    {
        var item = transition.Create(EventType.WorkflowTaskFailed);
        item.WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
        {
            ScheduledEventId = started.WorkflowTaskStartedEventAttributes.ScheduledEventId,
            StartedEventId = started.EventId,
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
#pragma warning disable CS0612 // Older clients say it this way.
        if (request.ResetReapplyType == ResetReapplyType.None)
#pragma warning restore CS0612
        {
            return;
        }

        var excluded = request.ResetReapplyExcludeTypes;
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
