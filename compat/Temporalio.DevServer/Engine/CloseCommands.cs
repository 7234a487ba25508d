using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Commands that end the run.</summary>
internal static class CloseCommands
{
    public static void Complete(CommandContext context, CompleteWorkflowExecutionCommandAttributes command)
    {
        Begin(context);

        // The real server names this cause too, although no activity is concerned.
        CommandSizes.Check(
            context, command.Result, WorkflowTaskFailedCause.BadScheduleActivityAttributes, "CompleteWorkflowExecutionCommandAttributes.Result");
        var item = context.Create(EventType.WorkflowExecutionCompleted);
        item.WorkflowExecutionCompletedEventAttributes = new WorkflowExecutionCompletedEventAttributes
        {
            Result = command.Result,
            WorkflowTaskCompletedEventId = context.CompletedId,
        };
        WorkflowClose.Close(context.Transition, context.Slot, item, WorkflowExecutionStatus.Completed);
    }

    public static void Fail(CommandContext context, FailWorkflowExecutionCommandAttributes command)
    {
        Begin(context);
        if (command.Failure is null)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, "Failure is not set on FailWorkflowExecutionCommand.");
        }

        CommandSizes.Check(
            context, command.Failure, WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, "FailWorkflowExecutionCommandAttributes.Failure");
        var state = context.State;
        var (retryState, delay) = RetryRules.Decide(state.Retry, state.Attempt, command.Failure, context.Transition.Now, state.ExecutionExpiration);
        var successor = retryState == RetryState.InProgress ? WorkflowClose.Retry(context.Transition, command.Failure, delay) : null;
        var item = context.Create(EventType.WorkflowExecutionFailed);
        item.WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
        {
            Failure = command.Failure,
            RetryState = retryState,
            WorkflowTaskCompletedEventId = context.CompletedId,
            NewExecutionRunId = successor?.RunId ?? "",
        };
        WorkflowClose.Close(context.Transition, context.Slot, item, WorkflowExecutionStatus.Failed, successor);
    }

    public static void Cancel(CommandContext context, CancelWorkflowExecutionCommandAttributes command)
    {
        Begin(context);
        var item = context.Create(EventType.WorkflowExecutionCanceled);
        item.WorkflowExecutionCanceledEventAttributes = new WorkflowExecutionCanceledEventAttributes
        {
            Details = command.Details,
            WorkflowTaskCompletedEventId = context.CompletedId,
        };
        WorkflowClose.Close(context.Transition, context.Slot, item, WorkflowExecutionStatus.Canceled);
    }

    public static void ContinueAsNew(CommandContext context, ContinueAsNewWorkflowExecutionCommandAttributes command)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadContinueAsNewAttributes;
        Begin(context);
        Lengths.Check(context, "WorkflowType on ContinueAsNewWorkflowExecutionCommand", command.WorkflowType?.Name, bad);
        Lengths.Check(context, "TaskQueue on ContinueAsNewWorkflowExecutionCommand", command.TaskQueue?.Name, bad);
        if (RetryRules.Problem(command.RetryPolicy) is { } problem)
        {
            throw new CommandException(bad, problem);
        }

        CommandSizes.Check(context, command.Input, bad, "ContinueAsNewWorkflowExecutionCommandAttributes. Input");
        CommandSizes.CheckMemo(context, command.Memo, bad, "ContinueAsNewWorkflowExecutionCommandAttributes. Memo");
        var transition = context.Transition;
        var kept = WorkflowClose.Continue(transition);
        var delay = command.BackoffStartInterval.Span();
        var successor = kept with
        {
            WorkflowType = command.WorkflowType?.Name is { Length: > 0 } type ? type : kept.WorkflowType,
            TaskQueue = command.TaskQueue?.Name is { Length: > 0 } queue ? queue : kept.TaskQueue,
            Input = command.Input,
            RunTimeout = command.WorkflowRunTimeout.Span() is { Ticks: > 0 } run ? run : kept.RunTimeout,
            TaskTimeout = command.WorkflowTaskTimeout.Span() is { Ticks: > 0 } task ? task : kept.TaskTimeout,
            Retry = command.RetryPolicy ?? kept.Retry,
            Header = command.Header,
            Memo = command.Memo is { Fields.Count: > 0 } ? command.Memo : kept.Memo,
            SearchAttributes = command.SearchAttributes is { IndexedFields.Count: > 0 } given
                ? UpsertCommands.Check(context, given, bad)
                : kept.SearchAttributes,
            Initiator = command.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : command.Initiator,
            ContinuedFailure = command.Failure,
            LastResult = command.LastCompletionResult ?? kept.LastResult,
            Delay = delay,
            Backoff = StartBackoff.Retry,
        };
        var item = context.Create(EventType.WorkflowExecutionContinuedAsNew);
        item.WorkflowExecutionContinuedAsNewEventAttributes = new WorkflowExecutionContinuedAsNewEventAttributes
        {
            NewExecutionRunId = successor.RunId,
            WorkflowType = new WorkflowType { Name = successor.WorkflowType },
            TaskQueue = new Api.TaskQueue.V1.TaskQueue { Name = successor.TaskQueue, Kind = TaskQueueKind.Normal },
            Input = successor.Input,
            WorkflowRunTimeout = successor.RunTimeout.Proto(),
            WorkflowTaskTimeout = successor.TaskTimeout.Proto(),
            WorkflowTaskCompletedEventId = context.CompletedId,
            BackoffStartInterval = delay.Proto(),
            Initiator = successor.Initiator,
            Failure = command.Failure,
            LastCompletionResult = successor.LastResult,
            Header = successor.Header,
            Memo = successor.Memo,
            SearchAttributes = successor.SearchAttributes,
        };
        WorkflowClose.Close(transition, context.Slot, item, WorkflowExecutionStatus.ContinuedAsNew, successor);
    }

    private static void Begin(CommandContext context)
    {
        if (context.HadBufferedEvents)
        {
            throw new CommandException(WorkflowTaskFailedCause.UnhandledCommand, "UnhandledCommand");
        }

        context.Closed = true;
    }
}
