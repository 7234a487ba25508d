using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Workflows;

public record WorkflowInfo(
    int Attempt,
    string? ContinuedRunId,
    string? CronSchedule,
    TimeSpan? ExecutionTimeout,
    string FirstExecutionRunId,
    IReadOnlyDictionary<string, Payload>? Headers,
    Exception? LastFailure,
    IReadOnlyCollection<IRawValue>? LastResult,
    string Namespace,
    WorkflowInfo.ParentInfo? Parent,
    Common.Priority Priority,
    Common.RetryPolicy? RetryPolicy,
    WorkflowInfo.RootInfo? Root,
    string RunId,
    TimeSpan? RunTimeout,
    DateTime StartTime,
    string TaskQueue,
    TimeSpan TaskTimeout,
    string WorkflowId,
    DateTime WorkflowStartTime,
    string WorkflowType)
{
    internal Dictionary<string, object> LoggerScope => new()
    {
        ["Attempt"] = Attempt,
        ["Namespace"] = Namespace,
        ["RunId"] = RunId,
        ["TaskQueue"] = TaskQueue,
        ["WorkflowId"] = WorkflowId,
        ["WorkflowType"] = WorkflowType,
    };

    public record ParentInfo(string Namespace, string RunId, string WorkflowId);

    public record RootInfo(string RunId, string WorkflowId);
}
