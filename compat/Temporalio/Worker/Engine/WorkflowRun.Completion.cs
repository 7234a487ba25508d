using Microsoft.Extensions.Logging;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

// How a run ends.
internal sealed partial class WorkflowRun
{
    public ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? continueOptions) =>
        Outbound.CreateContinueAsNewException(new(workflow, args, continueOptions, null));

    private void Complete(object? result)
    {
        WarnOfUnfinishedHandlers();
        commands.SetTerminal(new(
            new()
            {
                CommandType = CommandType.CompleteWorkflowExecution,
                CompleteWorkflowExecutionCommandAttributes = new()
                {
                    Result = new() { Payloads_ = { PayloadConverter.ToPayload(result) } },
                },
            },
            EventType.WorkflowExecutionCompleted,
            "CompleteWorkflowExecution"));
    }

    private void CompleteWith(Exception e)
    {
        if (e is ContinueAsNewException continueAsNew)
        {
            WarnOfUnfinishedHandlers();
            commands.SetTerminal(ContinueCommand(continueAsNew.Input));
        }
        else if (CancellationToken.IsCancellationRequested && TemporalException.IsCanceledException(e))
        {
            WarnOfUnfinishedHandlers();
            commands.SetTerminal(new(
                new()
                {
                    CommandType = CommandType.CancelWorkflowExecution,
                    CancelWorkflowExecutionCommandAttributes = new(),
                },
                EventType.WorkflowExecutionCanceled,
                "CancelWorkflowExecution"));
        }
        else if (IsWorkflowFailure(e))
        {
            commands.SetTerminal(FailCommand(e));
        }
        else
        {
            activationFailure ??= e;
        }
    }

    private PendingCommand FailCommand(Exception e) => new(
        new()
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new() { Failure = FailureConverter.ToFailure(e, PayloadConverter) },
        },
        EventType.WorkflowExecutionFailed,
        $"FailWorkflowExecution ({e.Message})");

    private PendingCommand ContinueCommand(CreateContinueAsNewExceptionInput input)
    {
        var given = input.Options;
        var attributes = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            WorkflowType = new() { Name = input.Workflow.OrNull() ?? Info.WorkflowType },
            TaskQueue = new() { Name = given?.TaskQueue ?? Info.TaskQueue },
            Input = PayloadConverter.ToPayloads(input.Args, nullIfEmpty: true),
            WorkflowRunTimeout = (given?.RunTimeout ?? Info.RunTimeout).ToDuration(),
            WorkflowTaskTimeout = ((TimeSpan?)(given?.TaskTimeout ?? Info.TaskTimeout)).ToDuration(),
            BackoffStartInterval = (given?.BackoffStartInterval).ToDuration(),
            RetryPolicy = (given?.RetryPolicy ?? Info.RetryPolicy)?.ToProto(),
            Initiator = ContinueAsNewInitiator.Workflow,
            Header = input.Headers.ToHeader(),
            InitialVersioningBehavior = (ContinueAsNewVersioningBehavior)(int)(given?.InitialVersioningBehavior ?? 0),
        };
        var memoFields = given?.Memo?.Select(m => KeyValuePair.Create(m.Key, PayloadConverter.ToPayload(m.Value))) ??
            memo.Select(m => KeyValuePair.Create(m.Key, m.Value.Payload));
        attributes.Memo = new();
        foreach (var (key, value) in memoFields)
        {
            attributes.Memo.Fields[key] = value;
        }

        attributes.SearchAttributes = (given?.TypedSearchAttributes ?? TypedSearchAttributes).ToProto();
        if (given?.TypedSearchAttributes == null && versionPayload != null)
        {
            attributes.SearchAttributes.IndexedFields[VersionAttributes.Name] = versionPayload;
        }

        return new(
            new()
            {
                CommandType = CommandType.ContinueAsNewWorkflowExecution,
                ContinueAsNewWorkflowExecutionCommandAttributes = attributes,
            },
            EventType.WorkflowExecutionContinuedAsNew,
            "ContinueAsNewWorkflowExecution");
    }

    private void WarnOfUnfinishedHandlers()
    {
        if (IsReplaying)
        {
            return;
        }

        var unfinished = runningHandlers.Where(h => h.Policy == HandlerUnfinishedPolicy.WarnAndAbandon).ToList();
        if (unfinished.Count == 0)
        {
            return;
        }

        Logger.LogWarning(
            "[TMPRL1102] Workflow {WorkflowId} ended while these handlers were still running, which abandons them: {Handlers}. " +
            "Wait for Workflow.AllHandlersFinished before returning, or set UnfinishedPolicy on the handler to Abandon",
            Info.WorkflowId,
            string.Join(", ", unfinished.Select(h => h.UpdateId == null ? $"signal {h.Name}" : $"update {h.Name} ({h.UpdateId})")));
    }
}
