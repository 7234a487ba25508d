namespace Temporalio.Exceptions;

public class ActivityAlreadyStartedException(string message, string activityId, string activityType, string? runId)
    : FailureException(message)
{
    public string ActivityId { get; } = activityId;

    public string ActivityType { get; } = activityType;

    public string? RunId { get; } = runId;
}
