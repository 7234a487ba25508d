using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Time;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Engine;

/// <summary>What all rules share: clock, timers, queues, store, and the commit of transitions.</summary>
internal sealed class EngineCore : IDisposable
{
    private readonly SqliteStore store;
    private long nextRunKey;
    private long nextTaskId;

    public EngineCore(SqliteStore store, StoreWriter writer, VirtualClock clock, TimerQueue timers, TimeSkipper skipper, ServerLimits limits, Action<string> log)
    {
        this.store = store;
        Writer = writer;
        Clock = clock;
        Timers = timers;
        Skipper = skipper;
        Limits = limits;
        Log = log;
        nextRunKey = store.Read(static session => session.Scalar("SELECT MAX(run_key) FROM runs")) is long last ? last : 0;
        // Task ids only have to grow, also across restarts.
        nextTaskId = (clock.GetUtcNow().ToUnixTimeMilliseconds() - 1_700_000_000_000) * 1000;
        Namespaces = new NamespaceRegistry(store, writer);
        SearchAttributes = new SearchAttributeRegistry(store, writer);
        Directory = new RunDirectory(this, store);
        Outbox = new OutboxProcessor(this);
    }

    public StoreWriter Writer { get; }

    public VirtualClock Clock { get; }

    public TimerQueue Timers { get; }

    public TimeSkipper Skipper { get; }

    public ServerLimits Limits { get; }

    public Action<string> Log { get; }

    public TaskQueues Queues { get; } = new();

    public NamespaceRegistry Namespaces { get; }

    public SearchAttributeRegistry SearchAttributes { get; }

    public RunDirectory Directory { get; }

    public OutboxProcessor Outbox { get; }

    public SqliteStore Store => store;

    public long NextTaskId() => Interlocked.Increment(ref nextTaskId);

    public long NextRunKey() => Interlocked.Increment(ref nextRunKey);

    public List<HistoryEvent> EventsOf(Run run)
    {
        if (run.Events is null)
        {
            // What is still on its way to the disk belongs to the history too. The writer never waits for a run's lock.
            run.LastCommit.GetAwaiter().GetResult();
            run.Events = LoadEvents(run.State.RunKey);
        }

        return run.Events;
    }

    /// <summary>Saves the step and everything that belongs to it; the task completes when it is durable.</summary>
    public Task Commit(params ReadOnlySpan<Transition> transitions)
    {
        var sets = new List<WriteSet>(transitions.Length);
        var runs = new List<Run>(transitions.Length);
        foreach (var transition in transitions)
        {
            Prepare(transition, sets, runs);
        }

        var done = Writer.Write([.. sets]);
        foreach (var run in runs)
        {
            run.LastCommit = done;
        }

        return done;
    }

    /// <summary>After a start: everything that was under way goes on.</summary>
    public void Recover()
    {
        foreach (var (@namespace, workflowId, runId) in Directory.OpenRuns())
        {
            Directory.Locked(@namespace, workflowId, slot =>
            {
                if (slot.Find(runId) is { } run)
                {
                    Published.Of(run, this).Publish(this, run);
                }
            });
        }

        Outbox.Recover();
    }

    public void Dispose()
    {
        Timers.Dispose();
        Writer.Dispose();
        store.Dispose();
    }

    private void Prepare(Transition transition, List<WriteSet> sets, List<Run> runs)
    {
        Skipper.Enter();
        var (run, state) = (transition.Run, transition.State);
        state.Transitions++;
        run.Events ??= transition.IsNew ? [] : null;
        run.Events?.AddRange(transition.Written);
        run.Open = null;
        run.Blob = state.Save();
        foreach (var item in transition.Outbox)
        {
            Outbox.Assign(item);
        }

        var published = Published.Of(run, this);
        sets.Add(new WriteSet
        {
            RunKey = state.RunKey,
            NewRun = transition.IsNew
                ? new NewRunRow(state.Namespace, state.WorkflowId, state.RunId, state.StartRequestId, true)
                : null,
            State = run.Blob,
            Open = state.IsOpen,
            Deadline = published.Deadline,
            FirstEventId = transition.Written.Count > 0 ? transition.Written[0].EventId : 0,
            History = transition.Written.Count > 0 ? new History { Events = { transition.Written } }.ToByteArray() : null,
            Visibility = transition.IsNew || transition.VisibilityChanged ? VisibilityRows.Of(state, transition.IsNew || transition.SearchAttributesChanged) : null,
            OutboxAdded = transition.Outbox.Count == 0
                ? null
                : transition.Outbox.ConvertAll(static item => new OutboxRow(item.Id, item.Namespace, item.WorkflowId, Archive.Write(item.Visit))),
            Committed = () =>
            {
                published.Publish(this, run);
                foreach (var item in transition.Outbox)
                {
                    Outbox.Enqueue(item);
                }

                foreach (var action in transition.AfterCommits)
                {
                    action();
                }

                run.Pulse();
                Skipper.Exit();
            },
        });
        runs.Add(run);
        foreach (var successor in transition.Successors)
        {
            Prepare(successor, sets, runs);
        }

        transition.Written.TrimExcess();
    }

    private List<HistoryEvent> LoadEvents(long runKey) => store.Read(session =>
    {
        var events = new List<HistoryEvent>();
        using var rows = session.Query(
            "SELECT events FROM history WHERE id >= $1 AND id < $2 ORDER BY id", RowWriter.HistoryId(runKey, 0), RowWriter.HistoryId(runKey + 1, 0));
        while (rows.Read())
        {
            events.AddRange(History.Parser.ParseFrom((byte[])rows[0]).Events);
        }

        return events;
    });
}
