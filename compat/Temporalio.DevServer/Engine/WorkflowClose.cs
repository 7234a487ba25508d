using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

/// <summary>The end of a run and what follows from it for others.</summary>
internal static class WorkflowClose
{
    /// <summary>A run that a reset replaced ends without consequences for its parent and children.</summary>
    public static void Close(
        Transition transition,
        WorkflowSlot slot,
        HistoryEvent closing,
        WorkflowExecutionStatus status,
        StartParameters? successor = null,
        bool replaced = false)
    {
        var state = transition.State;
        transition.Append(closing);
        state.Status = status;
        state.CloseTime = transition.Now;
        transition.VisibilityChanged = true;
        foreach (var child in state.Children.Values)
        {
            if (child.ClosePolicy != ParentClosePolicy.Abandon && !replaced)
            {
                transition.Send(new OutboxItem
                {
                    Kind = OutboxKind.ParentClosed,
                    TargetNamespace = state.Namespace,
                    TargetWorkflowId = child.WorkflowId,
                    TargetRunId = child.RunId,
                    InitiatedId = child.InitiatedId,
                    Policy = child.ClosePolicy,
                });
            }
        }

        if (successor is not null)
        {
            state.NewRunId = successor.RunId;
            var next = RunFactory.Create(transition.Engine, slot, successor);
            WorkflowTasks.Ensure(next);
            transition.Successors.Add(next);
        }
        else if (state.HasParent && !replaced)
        {
            transition.Send(new OutboxItem
            {
                Kind = OutboxKind.NotifyParent,
                TargetNamespace = state.ParentNamespace,
                TargetWorkflowId = state.ParentWorkflowId,
                TargetRunId = state.ParentRunId,
                InitiatedId = state.ParentInitiatedId,
                Event = closing,
            });
        }

        state.Task = null;
        state.FirstTaskAt = null;
        state.Activities.Clear();
        state.Timers.Clear();
        state.Children.Clear();
        state.Externals.Clear();
        state.Buffer.Clear();
        UpdateRules.AbortAll(transition, hasSuccessor: successor is not null || replaced);
        transition.AfterCommit(() => QueryRules.RedispatchUnlocked(transition.Engine, transition.Run));
    }

    /// <summary>Terminates an open run.</summary>
    public static void Terminate(
        Transition transition, WorkflowSlot slot, string reason, Payloads? details, string identity, bool replaced = false)
    {
        ForceTaskClosed(transition);
        var item = transition.Create(EventType.WorkflowExecutionTerminated);
        item.WorkflowExecutionTerminatedEventAttributes = new WorkflowExecutionTerminatedEventAttributes
        {
            Reason = reason,
            Details = details,
            Identity = identity,
        };
        Close(transition, slot, item, WorkflowExecutionStatus.Terminated, replaced: replaced);
    }

    /// <summary>Ends a workflow task that is with a worker, so that the history has its end, and writes what waited for it.</summary>
    public static void ForceTaskClosed(Transition transition)
    {
        var state = transition.State;
        if (state.Task is { IsStarted: true } task)
        {
            if (task.Kind == WorkflowTaskKind.Normal)
            {
                var item = transition.Create(EventType.WorkflowTaskFailed);
                item.WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
                {
                    ScheduledEventId = task.ScheduledId,
                    StartedEventId = task.StartedId,
                    Cause = WorkflowTaskFailedCause.ForceCloseCommand,
                    Identity = "history-service",
                };
                transition.Append(item);
            }
        }

        state.Task = null;
        EventBuffer.Flush(transition);
    }

    /// <summary>The run that follows a failed or timed-out one by its retry policy.</summary>
    public static StartParameters Retry(Transition transition, Failure failure, TimeSpan delay)
    {
        var started = transition.Event(1).WorkflowExecutionStartedEventAttributes;
        return Continue(transition) with
        {
            Input = started.Input,
            Attempt = transition.State.Attempt + 1,
            Initiator = ContinueAsNewInitiator.Retry,
            ContinuedFailure = failure,
            Delay = delay,
            Backoff = StartBackoff.Retry,
        };
    }

    /// <summary>What every following run takes over from the one before.</summary>
    public static StartParameters Continue(Transition transition)
    {
        var state = transition.State;
        var started = transition.Event(1);
        var attributes = started.WorkflowExecutionStartedEventAttributes;
        return new StartParameters
        {
            Namespace = state.Namespace,
            WorkflowId = state.WorkflowId,
            WorkflowType = state.WorkflowType,
            TaskQueue = state.TaskQueue,
            ExecutionTimeout = state.ExecutionTimeout,
            RunTimeout = state.RunTimeout,
            TaskTimeout = state.TaskTimeout,
            Identity = attributes.Identity,
            RequestId = Guid.NewGuid().ToString(),
            Retry = state.Retry,
            Cron = state.Cron,
            Memo = state.Memo,
            SearchAttributes = state.SearchAttributes,
            Header = attributes.Header,
            UserMetadata = started.UserMetadata,
            Priority = attributes.Priority,
            ParentNamespace = state.ParentNamespace,
            Parent = attributes.ParentWorkflowExecution,
            ParentInitiatedId = state.ParentInitiatedId,
            Root = attributes.RootWorkflowExecution,
            FirstRunId = state.FirstRunId,
            ContinuedRunId = state.RunId,
            LastResult = attributes.LastCompletionResult,
            ExecutionExpiration = state.ExecutionExpiration,
        };
    }

    public static GrpcException AbortedUpdate(bool hasSuccessor) => hasSuccessor
        ? GrpcException.Busy("workflow update was aborted because the workflow continued as a new run")
        : GrpcException.NotFound("workflow update was aborted by closing workflow");
}
