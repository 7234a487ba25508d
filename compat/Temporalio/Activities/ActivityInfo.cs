using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Activities;

public record ActivityInfo(
    string ActivityId,
    string ActivityType,
    int Attempt,
    DateTime CurrentAttemptScheduledTime,
    DataConverter DataConverter,
    IReadOnlyCollection<Payload> HeartbeatDetails,
    TimeSpan? HeartbeatTimeout,
    bool IsLocal,
    string Namespace,
    Common.Priority Priority,
    Common.RetryPolicy? RetryPolicy,
    TimeSpan? ScheduleToCloseTimeout,
    DateTime ScheduledTime,
    TimeSpan? StartToCloseTimeout,
    DateTime StartedTime,
    string TaskQueue,
    byte[] TaskToken,
    string? WorkflowId,
    string? WorkflowNamespace,
    string? WorkflowRunId,
    string? WorkflowType)
{
    public bool IsWorkflowActivity => WorkflowId != null;

    internal Dictionary<string, object> LoggerScope => new()
    {
        ["ActivityId"] = ActivityId,
        ["ActivityType"] = ActivityType,
        ["Attempt"] = Attempt,
        ["WorkflowId"] = WorkflowId ?? string.Empty,
        ["WorkflowRunId"] = WorkflowRunId ?? string.Empty,
        ["WorkflowType"] = WorkflowType ?? string.Empty,
    };

    public async Task<T> HeartbeatDetailAtAsync<T>(int index)
    {
        if (index < 0 || index >= HeartbeatDetails.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), $"Heartbeat detail {index} was asked for, but there are only {HeartbeatDetails.Count}");
        }

        return await DataConverter.ToValueAsync<T>(HeartbeatDetails.ElementAt(index));
    }
}
