namespace Temporalio.Activities;

public class ActivityCancellationDetails
{
    public bool IsGoneFromServer { get; init; }

    public bool IsCancelRequested { get; init; }

    public bool IsTimedOut { get; init; }

    public bool IsWorkerShutdown { get; init; }

    public bool IsPaused { get; init; }

    public bool IsReset { get; init; }

    public bool IsHeartbeatRecordFailure { get; init; }
}
