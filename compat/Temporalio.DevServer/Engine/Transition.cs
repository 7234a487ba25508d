
namespace Temporalio.DevServer.Engine;

/// <summary>One durable step of one run. Everything it does becomes visible together, once committed.</summary>
internal sealed class Transition
{
    private readonly List<Action> afterCommit = [];

    /// <summary>The task that is on no disk, as it was when the step began.</summary>
    private readonly WorkflowTaskState? speculative;

    public Transition(EngineCore engine, Run run, bool isNew = false)
    {
        Engine = engine;
        Run = run;
        IsNew = isNew;
        Now = engine.Clock.GetUtcNow();
        speculative = run.State.Task is { Kind: WorkflowTaskKind.Speculative } task ? task.Copy() : null;
        run.Open = this;
        run.LastUsed = Environment.TickCount64;
    }

    public EngineCore Engine { get; }

    public Run Run { get; }

    public RunState State => Run.State;

    public DateTimeOffset Now { get; }

    public bool IsNew { get; }

    public List<HistoryEvent> Written { get; } = [];

    public List<OutboxItem> Outbox { get; } = [];

    /// <summary>Runs that this one starts in the same commit.</summary>
    public List<Transition> Successors { get; } = [];

    public bool VisibilityChanged { get; set; }

    public bool SearchAttributesChanged { get; set; }

    public IReadOnlyList<Action> AfterCommits => afterCommit;

    public void AfterCommit(Action action) => afterCommit.Add(action);

    public HistoryEvent Create(EventType type) => new() { EventType = type, EventTime = Now.Stamp(), TaskId = Engine.NextTaskId() };

    /// <summary>Adds an event to the history at once.</summary>
    public HistoryEvent Append(HistoryEvent item)
    {
        item.EventId = State.NextEventId++;
        State.HistorySize += item.CalculateSize();
        Written.Add(item);
        return item;
    }

    /// <summary>Adds an event that a worker did not ask for: buffered while a workflow task is with a worker.</summary>
    public void Record(HistoryEvent item)
    {
        if (State.Task is { Kind: WorkflowTaskKind.Speculative })
        {
            WorkflowTasks.MakeReal(this);
        }

        if (State.Task is { IsStarted: true })
        {
            State.Buffer.Add(item);
            return;
        }

        Append(item);
        EventBuffer.Settle(State, item);
    }

    public HistoryEvent Event(long eventId)
    {
        if (Written.Count > 0 && eventId >= Written[0].EventId)
        {
            return Written[(int)(eventId - Written[0].EventId)];
        }

        return Engine.EventsOf(Run)[(int)eventId - 1];
    }

    public void Send(OutboxItem item)
    {
        item.Namespace = State.Namespace;
        item.WorkflowId = State.WorkflowId;
        item.RunId = State.RunId;
        Outbox.Add(item);
    }

    /// <summary>Ends a step that changed nothing.</summary>
    public void Discard() => Run.Open = null;

    /// <summary>Gives the step up: nothing of it happened.</summary>
    public void Abandon()
    {
        Run.Open = null;
        Written.Clear();
        if (!IsNew)
        {
            Run.Restore(speculative);
        }
    }
}
