using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Signals and cancel requests to other workflows, on the asking side.</summary>
internal static class ExternalRules
{
    public static void Signal(CommandContext context, SignalExternalWorkflowExecutionCommandAttributes command)
    {
        Check(
            context,
            command.Execution,
            command.SignalName.Length == 0 ? "SignalName is not set on SignalExternalWorkflowExecutionCommand." : null,
            WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes);
        PendingLimits.Check(
            Pending(context, cancel: false),
            context.Transition.Engine.Limits.PendingSignals,
            "signals to external workflows",
            WorkflowTaskFailedCause.PendingSignalsLimitExceeded);
        CommandSizes.Check(
            context,
            command.Input,
            WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            "SignalExternalWorkflowExecutionCommandAttributes.Input");
        var item = context.Create(EventType.SignalExternalWorkflowExecutionInitiated);
        item.SignalExternalWorkflowExecutionInitiatedEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            Namespace = command.Namespace.Length > 0 ? command.Namespace : context.State.Namespace,
            WorkflowExecution = command.Execution,
            SignalName = command.SignalName,
            Input = command.Input,
#pragma warning disable CS0612 // Old workers still read the field back.
            Control = command.Control,
#pragma warning restore CS0612
            ChildWorkflowOnly = command.ChildWorkflowOnly,
            Header = command.Header,
        };
        Send(context, item, OutboxKind.SignalExternal, command.Namespace, command.Execution);
    }

    public static void Cancel(CommandContext context, RequestCancelExternalWorkflowExecutionCommandAttributes command)
    {
        var execution = new WorkflowExecution { WorkflowId = command.WorkflowId, RunId = command.RunId };
        Check(
            context,
            execution,
            null,
            WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes);
        if (context.State.Children.Values.Any(child => child.WorkflowId == command.WorkflowId && child.InitiatedId > context.CompletedId))
        {
            throw new CommandException(
                WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
                "Start and RequestCancel for child workflow is not allowed in same workflow task.");
        }

        PendingLimits.Check(
            Pending(context, cancel: true),
            context.Transition.Engine.Limits.PendingCancels,
            "requests to cancel external workflows",
            WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded);
        var item = context.Create(EventType.RequestCancelExternalWorkflowExecutionInitiated);
        item.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            Namespace = command.Namespace.Length > 0 ? command.Namespace : context.State.Namespace,
            WorkflowExecution = execution,
            ChildWorkflowOnly = command.ChildWorkflowOnly,
            Reason = command.Reason,
        };
        Send(context, item, OutboxKind.CancelExternal, command.Namespace, execution);
    }

    /// <summary>Writes what became of a signal; without a cause it has arrived.</summary>
    public static void Signaled(Transition transition, long initiatedId, SignalExternalWorkflowExecutionFailedCause? cause)
    {
        if (!transition.State.Externals.Remove(initiatedId))
        {
            return;
        }

        var initiated = transition.Event(initiatedId).SignalExternalWorkflowExecutionInitiatedEventAttributes;
        HistoryEvent item;
        if (cause is null)
        {
            item = transition.Create(EventType.ExternalWorkflowExecutionSignaled);
            item.ExternalWorkflowExecutionSignaledEventAttributes = new()
            {
                InitiatedEventId = initiatedId,
                Namespace = initiated.Namespace,
                WorkflowExecution = initiated.WorkflowExecution,
            };
        }
        else
        {
            item = transition.Create(EventType.SignalExternalWorkflowExecutionFailed);
            item.SignalExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = cause.Value,
                WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
                InitiatedEventId = initiatedId,
                Namespace = initiated.Namespace,
                WorkflowExecution = initiated.WorkflowExecution,
            };
        }

        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    /// <summary>Writes what became of a cancel request; without a cause it has arrived.</summary>
    public static void CancelRequested(Transition transition, long initiatedId, CancelExternalWorkflowExecutionFailedCause? cause)
    {
        if (!transition.State.Externals.Remove(initiatedId))
        {
            return;
        }

        var initiated = transition.Event(initiatedId).RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        HistoryEvent item;
        if (cause is null)
        {
            item = transition.Create(EventType.ExternalWorkflowExecutionCancelRequested);
            item.ExternalWorkflowExecutionCancelRequestedEventAttributes = new()
            {
                InitiatedEventId = initiatedId,
                Namespace = initiated.Namespace,
                WorkflowExecution = initiated.WorkflowExecution,
            };
        }
        else
        {
            item = transition.Create(EventType.RequestCancelExternalWorkflowExecutionFailed);
            item.RequestCancelExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = cause.Value,
                WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
                InitiatedEventId = initiatedId,
                Namespace = initiated.Namespace,
                WorkflowExecution = initiated.WorkflowExecution,
            };
        }

        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }

    private static void Send(CommandContext context, HistoryEvent item, OutboxKind kind, string @namespace, WorkflowExecution target)
    {
        context.Transition.Append(item);
        context.State.Externals.Add(item.EventId, new ExternalRequestState { InitiatedId = item.EventId, Cancel = kind == OutboxKind.CancelExternal });
        context.Transition.Send(new OutboxItem
        {
            Kind = kind,
            TargetNamespace = @namespace.Length > 0 ? @namespace : context.State.Namespace,
            TargetWorkflowId = target.WorkflowId,
            TargetRunId = target.RunId,
            InitiatedId = item.EventId,
            Event = item,
        });
    }

    private static int Pending(CommandContext context, bool cancel) => context.State.Externals.Values.Count(request => request.Cancel == cancel);

    private static void Check(CommandContext context, WorkflowExecution? target, string? problem, WorkflowTaskFailedCause bad)
    {
        problem ??= target is null || target.WorkflowId.Length == 0
            ? "WorkflowId is not set on the command."
            : target.RunId.Length > 0 && !Guid.TryParse(target.RunId, out _) ? $"Invalid RunId set on the command: {target.RunId}" : null;
        if (problem is not null)
        {
            throw new CommandException(bad, problem);
        }

        Lengths.Check(context, "WorkflowId of the other workflow", target!.WorkflowId, bad);
    }
}
