using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>A pending activity. Its input stays in the scheduled event.</summary>
internal sealed class ActivityState : IArchived
{
    public long ScheduledId;
    public string ActivityId = "";
    public string Type = "";
    public string TaskQueue = "";
    public TimeSpan ScheduleToClose;
    public TimeSpan ScheduleToStart;
    public TimeSpan StartToClose;
    public TimeSpan Heartbeat;
    public RetryPolicy? Retry;
    public int Attempt = 1;
    public DateTimeOffset FirstScheduled;
    public DateTimeOffset AttemptScheduled;

    /// <summary>Set while the activity waits for its next attempt.</summary>
    public DateTimeOffset? RetryAt;
    public DateTimeOffset? Started;
    public DateTimeOffset? LastHeartbeat;
    public DateTimeOffset? LastAttemptClosed;
    public string RequestId = "";
    public string Identity = "";
    public Payloads? HeartbeatDetails;
    public Failure? LastFailure;
    public long CancelRequestedId;
    public long Stamp;

    /// <summary>Not persisted: whether matching knows of this stamp.</summary>
    public bool Dispatched;

    public bool Waiting => RetryAt is not null;

    public void Visit(Archive archive)
    {
        archive.Value(ref ScheduledId);
        archive.Value(ref ActivityId);
        archive.Value(ref Type);
        archive.Value(ref TaskQueue);
        archive.Value(ref ScheduleToClose);
        archive.Value(ref ScheduleToStart);
        archive.Value(ref StartToClose);
        archive.Value(ref Heartbeat);
        archive.Message(ref Retry);
        archive.Value(ref Attempt);
        archive.Value(ref FirstScheduled);
        archive.Value(ref AttemptScheduled);
        archive.Value(ref RetryAt);
        archive.Value(ref Started);
        archive.Value(ref LastHeartbeat);
        archive.Value(ref LastAttemptClosed);
        archive.Value(ref RequestId);
        archive.Value(ref Identity);
        archive.Message(ref HeartbeatDetails);
        archive.Message(ref LastFailure);
        archive.Value(ref CancelRequestedId);
        archive.Value(ref Stamp);
    }
}
