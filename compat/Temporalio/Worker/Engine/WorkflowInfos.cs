using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal static class WorkflowInfos
{
    internal static WorkflowInfo From(
        WorkflowEngineOptions options,
        string workflowId,
        string runId,
        HistoryEvent startedEvent,
        DateTime firstTaskTime,
        IFailureConverter failureConverter,
        IPayloadConverter payloadConverter)
    {
        var started = startedEvent.WorkflowExecutionStartedEventAttributes;
        return new(
            Attempt: Math.Max(1, started.Attempt),
            ContinuedRunId: started.ContinuedExecutionRunId.OrNull(),
            CronSchedule: started.CronSchedule.OrNull(),
            ExecutionTimeout: started.WorkflowExecutionTimeout.ToSpan(),
            FirstExecutionRunId: started.FirstExecutionRunId.OrNull() ?? runId,
            Headers: started.Header.ToFields(),
            LastFailure: started.ContinuedFailure == null
                ? null
                : failureConverter.ToException(started.ContinuedFailure, payloadConverter),
            LastResult: started.LastCompletionResult == null
                ? null
                : [.. started.LastCompletionResult.Payloads_.Select(p => (IRawValue)new RawValue(p))],
            Namespace: options.Namespace,
            Parent: started.ParentWorkflowExecution is { WorkflowId.Length: > 0 } parent
                ? new(started.ParentWorkflowNamespace.OrNull() ?? options.Namespace, parent.RunId, parent.WorkflowId)
                : null,
            Priority: started.Priority.ToPriority(),
            RetryPolicy: started.RetryPolicy.ToRetryPolicy(),
            Root: started.RootWorkflowExecution is { WorkflowId.Length: > 0 } root && root.RunId != runId
                ? new(root.RunId, root.WorkflowId)
                : null,
            RunId: runId,
            RunTimeout: started.WorkflowRunTimeout.ToSpan(),
            StartTime: firstTaskTime,
            TaskQueue: started.TaskQueue?.Name.OrNull() ?? options.TaskQueue,
            TaskTimeout: started.WorkflowTaskTimeout.ToSpan() ?? TimeSpan.FromSeconds(10),
            WorkflowId: workflowId,
            WorkflowStartTime: startedEvent.EventTime.ToUtc(),
            WorkflowType: started.WorkflowType.Name);
    }
}
