using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>Everything about a run that its history does not say cheaply. Persisted with each transition.</summary>
internal sealed class RunState : IArchived
{
    public long RunKey;
    public string Namespace = "";
    public string WorkflowId = "";
    public string RunId = "";
    public string FirstRunId = "";
    public string OriginalRunId = "";
    public string StartRequestId = "";
    public string WorkflowType = "";
    public string TaskQueue = "";
    public TimeSpan ExecutionTimeout;
    public TimeSpan RunTimeout;
    public TimeSpan TaskTimeout;
    public RetryPolicy? Retry;
    public string Cron = "";
    public int Attempt = 1;
    public DateTimeOffset StartTime;
    public DateTimeOffset ExecutionTime;
    public DateTimeOffset? ExecutionExpiration;
    public DateTimeOffset? RunExpiration;
    public string ParentNamespace = "";
    public string ParentWorkflowId = "";
    public string ParentRunId = "";
    public long ParentInitiatedId;
    public string RootWorkflowId = "";
    public string RootRunId = "";
    public WorkflowExecutionStatus Status = WorkflowExecutionStatus.Running;
    public DateTimeOffset? CloseTime;
    public long NextEventId = 1;
    public long HistorySize;
    public long Transitions;
    public long PreviousStartedId;
    public long NextStamp = 1;
    public string NewRunId = "";

    public Memo? Memo;
    public SearchAttributes? SearchAttributes;

    public string StickyQueue = "";
    public TimeSpan StickyTimeout;
    public bool CancelRequested;
    public StartBackoff Backoff;
    public DateTimeOffset? FirstTaskAt;
    public bool AwaitsParent;
    public int NextTaskAttempt = 1;
    public WorkflowTaskState? Task;
    public readonly Dictionary<long, ActivityState> Activities = [];
    public readonly Dictionary<string, TimerState> Timers = [];
    public readonly Dictionary<long, ChildState> Children = [];
    public readonly Dictionary<long, ExternalRequestState> Externals = [];
    public readonly Dictionary<string, UpdateState> Updates = [];
    public readonly List<HistoryEvent> Buffer = [];

    /// <summary>The latest request ids of signals, oldest first.</summary>
    public readonly List<string> RequestIds = [];
    public int SignalCount;

    public bool IsOpen => Status == WorkflowExecutionStatus.Running;

    public bool HasParent => ParentWorkflowId.Length > 0;

    public WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    public long LastEventId => NextEventId - 1;

    public static RunState Load(byte[] blob)
    {
        var state = new RunState();
        Archive.Read(blob, state.Visit);
        return state;
    }

    public byte[] Save() => Archive.Write(Visit);

    public ActivityState? FindActivity(string activityId)
    {
        foreach (var activity in Activities.Values)
        {
            if (activity.ActivityId == activityId)
            {
                return activity;
            }
        }

        return null;
    }

    public void Visit(Archive archive)
    {
        VisitIdentity(archive);
        VisitProgress(archive);

        // A speculative task leaves no trace until it is answered.
        var task = archive.Reading || Task?.Kind != WorkflowTaskKind.Speculative ? Task : null;
        archive.Optional(ref task);
        Task = archive.Reading ? task : Task;
        archive.Map(Activities, static activity => activity.ScheduledId);
        archive.Map(Timers, static timer => timer.TimerId);
        archive.Map(Children, static child => child.InitiatedId);
        archive.Map(Externals, static external => external.InitiatedId);
        archive.Map(Updates, static update => update.UpdateId);
        archive.Messages(Buffer);
        archive.Strings(RequestIds);
    }

    private void VisitIdentity(Archive archive)
    {
        archive.Value(ref RunKey);
        archive.Value(ref Namespace);
        archive.Value(ref WorkflowId);
        archive.Value(ref RunId);
        archive.Value(ref FirstRunId);
        archive.Value(ref OriginalRunId);
        archive.Value(ref StartRequestId);
        archive.Value(ref WorkflowType);
        archive.Value(ref TaskQueue);
        archive.Value(ref ExecutionTimeout);
        archive.Value(ref RunTimeout);
        archive.Value(ref TaskTimeout);
        archive.Message(ref Retry);
        archive.Value(ref Cron);
        archive.Value(ref Attempt);
        archive.Value(ref StartTime);
        archive.Value(ref ExecutionTime);
        archive.Value(ref ExecutionExpiration);
        archive.Value(ref RunExpiration);
        archive.Value(ref ParentNamespace);
        archive.Value(ref ParentWorkflowId);
        archive.Value(ref ParentRunId);
        archive.Value(ref ParentInitiatedId);
        archive.Value(ref RootWorkflowId);
        archive.Value(ref RootRunId);
    }

    private void VisitProgress(Archive archive)
    {
        archive.Enumeration(ref Status);
        archive.Value(ref CloseTime);
        archive.Value(ref NextEventId);
        archive.Value(ref HistorySize);
        archive.Value(ref Transitions);
        archive.Value(ref PreviousStartedId);
        archive.Value(ref NextStamp);
        archive.Value(ref NewRunId);
        archive.Message(ref Memo);
        archive.Message(ref SearchAttributes);
        archive.Value(ref StickyQueue);
        archive.Value(ref StickyTimeout);
        archive.Value(ref CancelRequested);
        archive.Enumeration(ref Backoff);
        archive.Value(ref FirstTaskAt);
        archive.Value(ref AwaitsParent);
        archive.Value(ref NextTaskAttempt);
        archive.Value(ref SignalCount);
    }
}
