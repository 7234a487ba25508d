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
        SearchAttributes = new SearchAttributeCatalog(store, writer);
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

    public SearchAttributeCatalog SearchAttributes { get; }

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

    /// <summary>Saves the step and everything that belongs to it; the task completes when it is durable. What throws here never happened.</summary>
    public Task Commit(params ReadOnlySpan<Transition> transitions)
    {
        var rows = new List<TransitionRows>(transitions.Length);
        foreach (var transition in transitions)
        {
            TransitionRows.Add(rows, transition, Outbox);
        }

        var done = Writer.Write([.. rows.Select(Settle)]);
        foreach (var row in rows)
        {
            row.Transition.Run.LastCommit = done;
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

    /// <summary>From here on the run in memory is what the transition made of it.</summary>
    private WriteSet Settle(TransitionRows rows)
    {
        Skipper.Enter();
        var transition = rows.Transition;
        var (run, state) = (transition.Run, transition.State);
        run.Events ??= transition.IsNew ? [] : null;
        run.Events?.AddRange(transition.Written);
        run.Open = null;
        run.Blob = rows.State;
        var published = Published.Of(run, this);
        var firstEventId = transition.Written.Count > 0 ? transition.Written[0].EventId : 0;
        transition.Written.TrimExcess();
        return new WriteSet
        {
            RunKey = state.RunKey,
            NewRun = transition.IsNew
                ? new NewRunRow(state.Namespace, state.WorkflowId, state.RunId, state.StartRequestId, true)
                : null,
            State = rows.State,
            Open = state.IsOpen,
            Deadline = published.Deadline,
            FirstEventId = firstEventId,
            History = rows.History,
            Visibility = rows.Visibility,
            OutboxAdded = rows.Outbox,
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
        };
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
