using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Children and other workflows, as seen from the run that deals with them.</summary>
internal static class ChildRules
{
    public static void Start(CommandContext context, StartChildWorkflowExecutionCommandAttributes command)
    {
        var state = context.State;
        Check(context, command);
        var searchAttributes = command.SearchAttributes is null
            ? null
            : UpsertCommands.Check(context, command.SearchAttributes, WorkflowTaskFailedCause.BadStartChildExecutionAttributes);
        PendingLimits.Check(
            state.Children.Count,
            context.Transition.Engine.Limits.PendingChildren,
            "child workflow executions",
            WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded);
        var item = context.Create(EventType.StartChildWorkflowExecutionInitiated);
        item.StartChildWorkflowExecutionInitiatedEventAttributes = new StartChildWorkflowExecutionInitiatedEventAttributes
        {
            Namespace = command.Namespace.Length > 0 ? command.Namespace : state.Namespace,
            WorkflowId = command.WorkflowId.Length > 0 ? command.WorkflowId : $"{state.RunId}_{state.NextEventId}",
            WorkflowType = command.WorkflowType,
            TaskQueue = new Api.TaskQueue.V1.TaskQueue
            {
                Name = command.TaskQueue?.Name is { Length: > 0 } queue ? queue : state.TaskQueue,
                Kind = TaskQueueKind.Normal,
            },
            Input = command.Input,
            WorkflowExecutionTimeout = command.WorkflowExecutionTimeout,
            WorkflowRunTimeout = command.WorkflowRunTimeout,
            WorkflowTaskTimeout = command.WorkflowTaskTimeout,
            ParentClosePolicy = command.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : command.ParentClosePolicy,
            WorkflowTaskCompletedEventId = context.CompletedId,
            WorkflowIdReusePolicy = command.WorkflowIdReusePolicy,
            RetryPolicy = command.RetryPolicy,
            CronSchedule = command.CronSchedule,
            Header = command.Header,
            Memo = command.Memo,
            SearchAttributes = searchAttributes,
            Priority = command.Priority,
        };
        context.Transition.Append(item);
        var attributes = item.StartChildWorkflowExecutionInitiatedEventAttributes;
        state.Children.Add(item.EventId, new ChildState
        {
            InitiatedId = item.EventId,
            WorkflowId = attributes.WorkflowId,
            Type = command.WorkflowType!.Name,
            ClosePolicy = attributes.ParentClosePolicy,
        });
        context.Transition.Send(new OutboxItem
        {
            Kind = OutboxKind.StartChild,
            TargetNamespace = attributes.Namespace,
            TargetWorkflowId = attributes.WorkflowId,
            InitiatedId = item.EventId,
            Event = item,
        });
    }

    public static void Started(Transition transition, ChildState child, string runId)
    {
        child.RunId = runId;
        child.StartedId = EventIds.Buffered;
        var item = transition.Create(EventType.ChildWorkflowExecutionStarted);
        item.ChildWorkflowExecutionStartedEventAttributes = new ChildWorkflowExecutionStartedEventAttributes
        {
            Namespace = transition.State.Namespace,
            InitiatedEventId = child.InitiatedId,
            WorkflowExecution = Execution(child),
            WorkflowType = new WorkflowType { Name = child.Type },
        };
        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    public static void StartFailed(Transition transition, ChildState child, StartChildWorkflowExecutionFailedCause cause)
    {
        transition.State.Children.Remove(child.InitiatedId);
        var initiated = transition.Event(child.InitiatedId).StartChildWorkflowExecutionInitiatedEventAttributes;
        var item = transition.Create(EventType.StartChildWorkflowExecutionFailed);
        item.StartChildWorkflowExecutionFailedEventAttributes = new StartChildWorkflowExecutionFailedEventAttributes
        {
            Namespace = initiated.Namespace,
            WorkflowId = child.WorkflowId,
            WorkflowType = initiated.WorkflowType,
            Cause = cause,
            InitiatedEventId = child.InitiatedId,
            WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
        };
        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    /// <summary>Writes the end of a child, told by its closing event, into its parent.</summary>
    public static void Closed(Transition transition, ChildState child, string childRunId, HistoryEvent closing)
    {
        if (child.StartedId == 0)
        {
            Started(transition, child, childRunId);
        }

        transition.State.Children.Remove(child.InitiatedId);
        var execution = new WorkflowExecution { WorkflowId = child.WorkflowId, RunId = childRunId };
        var type = new WorkflowType { Name = child.Type };
        var @namespace = transition.State.Namespace;
        var (initiated, started) = (child.InitiatedId, child.StartedId);
        HistoryEvent item;
        switch (closing.EventType)
        {
            case EventType.WorkflowExecutionCompleted:
                item = transition.Create(EventType.ChildWorkflowExecutionCompleted);
                item.ChildWorkflowExecutionCompletedEventAttributes = new()
                {
                    Result = closing.WorkflowExecutionCompletedEventAttributes.Result,
                    Namespace = @namespace,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                };
                break;
            case EventType.WorkflowExecutionFailed:
                item = transition.Create(EventType.ChildWorkflowExecutionFailed);
                item.ChildWorkflowExecutionFailedEventAttributes = new()
                {
                    Failure = closing.WorkflowExecutionFailedEventAttributes.Failure,
                    RetryState = closing.WorkflowExecutionFailedEventAttributes.RetryState,
                    Namespace = @namespace,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                };
                break;
            case EventType.WorkflowExecutionCanceled:
                item = transition.Create(EventType.ChildWorkflowExecutionCanceled);
                item.ChildWorkflowExecutionCanceledEventAttributes = new()
                {
                    Details = closing.WorkflowExecutionCanceledEventAttributes.Details,
                    Namespace = @namespace,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                };
                break;
            case EventType.WorkflowExecutionTimedOut:
                item = transition.Create(EventType.ChildWorkflowExecutionTimedOut);
                item.ChildWorkflowExecutionTimedOutEventAttributes = new()
                {
                    RetryState = closing.WorkflowExecutionTimedOutEventAttributes.RetryState,
                    Namespace = @namespace,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                };
                break;
            default:
                item = transition.Create(EventType.ChildWorkflowExecutionTerminated);
                item.ChildWorkflowExecutionTerminatedEventAttributes = new()
                {
                    Namespace = @namespace,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                };
                break;
        }

        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    private static void Check(CommandContext context, StartChildWorkflowExecutionCommandAttributes command)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadStartChildExecutionAttributes;
        var problem = command.WorkflowType is null || command.WorkflowType.Name.Length == 0
            ? "Required field WorkflowType is not set on command."
            : command.CronSchedule.Length > 0 ? "Cron schedules are not implemented by this server." : RetryRules.Problem(command.RetryPolicy);
        if (problem is not null)
        {
            throw new CommandException(bad, problem);
        }

        Lengths.Check(context, "WorkflowId on StartChildWorkflowExecutionCommand", command.WorkflowId, bad);
        Lengths.Check(context, "WorkflowType on StartChildWorkflowExecutionCommand", command.WorkflowType!.Name, bad);
        Lengths.Check(context, "TaskQueue on StartChildWorkflowExecutionCommand", command.TaskQueue?.Name, bad);
        CommandSizes.Check(context, command.Input, bad, "StartChildWorkflowExecutionCommandAttributes. Input");
        CommandSizes.CheckMemo(context, command.Memo, bad, "StartChildWorkflowExecutionCommandAttributes.Memo");
    }

    private static WorkflowExecution Execution(ChildState child) => new() { WorkflowId = child.WorkflowId, RunId = child.RunId };
}
