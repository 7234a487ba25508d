using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal static class ChildCommands
{
    internal static PendingCommand Start(
        string id, StartChildWorkflowInput input, WorkflowInfo parent, IPayloadConverter converter, Action<HistoryEvent> onEvent)
    {
        var given = input.Options;
        var attributes = new StartChildWorkflowExecutionCommandAttributes
        {
            Namespace = parent.Namespace,
            WorkflowId = id,
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = given.TaskQueue ?? parent.TaskQueue },
            Input = converter.ToPayloads(input.Args, nullIfEmpty: true),
            WorkflowExecutionTimeout = given.ExecutionTimeout.ToDuration(),
            WorkflowRunTimeout = given.RunTimeout.ToDuration(),
            WorkflowTaskTimeout = given.TaskTimeout.ToDuration(),
            ParentClosePolicy = (Api.Enums.V1.ParentClosePolicy)(int)given.ParentClosePolicy,
            WorkflowIdReusePolicy = given.IdReusePolicy,
            RetryPolicy = given.RetryPolicy?.ToProto(),
            CronSchedule = given.CronSchedule ?? string.Empty,
            Header = input.Headers.ToHeader(),
            SearchAttributes = given.TypedSearchAttributes?.ToProto(),
            Priority = given.Priority?.ToProto(),
        };
        if (given.Memo is { } memo)
        {
            attributes.Memo = new();
            foreach (var (key, value) in memo)
            {
                attributes.Memo.Fields[key] = converter.ToPayload(value);
            }
        }

        return new(
            new()
            {
                CommandType = CommandType.StartChildWorkflowExecution,
                StartChildWorkflowExecutionCommandAttributes = attributes,
                UserMetadata = given.StaticSummary == null && given.StaticDetails == null
                    ? null
                    : new()
                    {
                        Summary = given.StaticSummary == null ? null : converter.ToPayload(given.StaticSummary),
                        Details = given.StaticDetails == null ? null : converter.ToPayload(given.StaticDetails),
                    },
            },
            EventType.StartChildWorkflowExecutionInitiated,
            $"StartChildWorkflowExecution (workflow {id} of type {input.Workflow})")
        {
            OnEvent = onEvent,
            Differs = e =>
            {
                var initiated = e.StartChildWorkflowExecutionInitiatedEventAttributes;
                return initiated.WorkflowId == id && initiated.WorkflowType.Name == input.Workflow
                    ? null
                    : "the child's id or type differs";
            },
        };
    }

    internal static PendingCommand Cancel(string id, string runId, WorkflowInfo parent, Action<HistoryEvent> onEvent) => new(
        new()
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = new()
            {
                Namespace = parent.Namespace,
                WorkflowId = id,
                RunId = runId,
                ChildWorkflowOnly = true,
                Reason = $"Cancelled by its parent, run {parent.RunId}",
            },
        },
        EventType.RequestCancelExternalWorkflowExecutionInitiated,
        $"RequestCancelExternalWorkflowExecution (child workflow {id})")
    {
        OnEvent = onEvent,
    };

    internal static PendingCommand Cancel(
        string id, string? runId, WorkflowInfo caller, string control, Action<HistoryEvent> onEvent) => new(
        new()
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = new()
            {
                Namespace = caller.Namespace,
                WorkflowId = id,
                RunId = runId ?? string.Empty,
                Control = control,
                Reason = $"Cancelled by workflow {caller.WorkflowId}, run {caller.RunId}",
            },
        },
        EventType.RequestCancelExternalWorkflowExecutionInitiated,
        $"RequestCancelExternalWorkflowExecution (workflow {id})")
        {
            OnEvent = onEvent,
        };
}
