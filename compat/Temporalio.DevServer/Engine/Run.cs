namespace Temporalio.DevServer.Engine;

/// <summary>A run in memory: its persisted state, and what lives only as long as the process. Guarded by the lock of its workflow id.</summary>
internal sealed class Run(RunState state, byte[] blob)
{
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiters;

    public RunState State { get; private set; } = state;

    /// <summary>The state as of the last transition, to fall back to when a transition is given up.</summary>
    public byte[] Blob { get; set; } = blob;

    /// <summary>The whole history, or null while nobody needed it since the run was loaded.</summary>
    public List<HistoryEvent>? Events { get; set; }

    public Task LastCommit { get; set; } = Task.CompletedTask;

    public Transition? Open { get; set; }

    public UpdateRegistry Updates { get; } = new();

    public List<PendingQuery> Queries { get; } = [];

    public long LastUsed { get; set; } = Environment.TickCount64;

    /// <summary>Completes when the run changes durably after this was asked.</summary>
    public Task NextChange => Volatile.Read(ref changed).Task;

    public bool CanLeaveMemory => LastCommit.IsCompleted && Updates.IsEmpty && Queries.Count == 0 && Volatile.Read(ref waiters) == 0 &&
        State.Task is not { Kind: WorkflowTaskKind.Speculative };

    /// <summary>Somebody waits for <see cref="NextChange"/> of this object, which another one in its place would not tell.</summary>
    public void BeginWait() => Interlocked.Increment(ref waiters);

    public void EndWait() => Interlocked.Decrement(ref waiters);

    public void Pulse() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Back to the last transition. A speculative task is not part of that and stays.</summary>
    public void Restore(WorkflowTaskState? speculative)
    {
        var restored = RunState.Load(Blob);
        restored.Task = speculative ?? restored.Task;
        State = restored;
    }
}
