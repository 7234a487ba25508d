using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

internal enum WorkflowTaskKind
{
    Normal,

    /// <summary>A repeated attempt: its events are only written when it completes.</summary>
    Transient,

    /// <summary>Exists for updates alone: its events are only written when it leaves a mark.</summary>
    Speculative,
}

internal sealed class WorkflowTaskState : IArchived
{
    public long Stamp;
    public WorkflowTaskKind Kind;
    public long ScheduledId;
    public long StartedId;
    public int Attempt = 1;
    public DateTimeOffset Scheduled;
    public DateTimeOffset? Started;
    public TimeSpan Timeout;

    /// <summary>The sticky queue that it was sent to, or empty.</summary>
    public string StickyQueue = "";
    public TimeSpan StickyTimeout;
    public string RequestId = "";
    public string Identity = "";
    public long HistorySize;
    public bool SuggestContinueAsNew;

    /// <summary>Since when the worker keeps the task alive by empty completions.</summary>
    public DateTimeOffset? HeartbeatingSince;

    /// <summary>Not persisted: whether matching knows of it.</summary>
    public bool Dispatched;

    public bool IsStarted => Started is not null;

    public WorkflowTaskState Copy() => (WorkflowTaskState)MemberwiseClone();

    public void Visit(Archive archive)
    {
        archive.Value(ref Stamp);
        archive.Enumeration(ref Kind);
        archive.Value(ref ScheduledId);
        archive.Value(ref StartedId);
        archive.Value(ref Attempt);
        archive.Value(ref Scheduled);
        archive.Value(ref Started);
        archive.Value(ref Timeout);
        archive.Value(ref StickyQueue);
        archive.Value(ref StickyTimeout);
        archive.Value(ref RequestId);
        archive.Value(ref Identity);
        archive.Value(ref HistorySize);
        archive.Value(ref SuggestContinueAsNew);
        archive.Value(ref HeartbeatingSince);
    }
}
