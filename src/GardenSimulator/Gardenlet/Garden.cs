using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>
/// The whole garden behind one lock. Whoever enters first brings it up to the present: everything that has become due is done in the
/// order in which it became due. Before the lock is left, all changes are on disk.
/// </summary>
internal sealed class Garden : IDisposable
{
    private readonly Lock gate = new();
    private readonly Journal? journal;
    private readonly PriorityQueue<string, (DateTimeOffset Due, long Order)> queue = new();
    private readonly Dictionary<string, ShootState> states = new(StringComparer.Ordinal);
    private readonly HashSet<string> dirty = new(StringComparer.Ordinal);
    private readonly List<AuditEntry> audit = [];
    private TaskCompletionSource changed = NewSignal();
    private long order;
    private int auditWritten;
    private bool dirtyVersion;

    public Garden(GardenServerOptions options)
    {
        Options = options;
        Flavour = new GardenerFlavour(options.GardenerVersion);
        Shoots = new ShootStore(options.WatchHistory);
        if (options.DataDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            journal = new Journal(Path.Combine(directory, "garden.db"));
            Restore(journal);
        }
    }

    public GardenServerOptions Options { get; }

    public GardenerFlavour Flavour { get; }

    public ShootStore Shoots { get; }

    public FaultBoard Faults { get; } = new();

    public NamespaceStore Namespaces { get; } = new();

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public IReadOnlyList<AuditEntry> Audit => audit;

    /// <summary>Raised to close every watch.</summary>
    public int WatchEpoch { get; private set; }

    /// <summary>Ends when something has changed after the moment it was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    public T Enter<T>(Func<T> action)
    {
        lock (gate)
        {
            Advance();
            try
            {
                return action();
            }
            finally
            {
                Flush();
            }
        }
    }

    public void Enter(Action action) => Enter(() =>
    {
        action();
        return true;
    });

    /// <summary>Brings the garden up to the present, if anything is due.</summary>
    public void Pump()
    {
        lock (gate)
        {
            if (queue.TryPeek(out _, out var first) && first.Due <= Now)
            {
                Advance();
                Flush();
            }
        }
    }

    public TimeSpan Scaled(TimeSpan duration) => duration / Options.Speed;

    public ShootState State(string uid) => states[uid];

    public ShootState? FindState(string uid) => states.GetValueOrDefault(uid);

    public void AddState(ShootState state)
    {
        states[state.Uid] = state;
        Namespaces.Ensure(this, state.Namespace);
        Reschedule(state);
    }

    /// <summary>Marks the shoot as changed and queues what it has due next.</summary>
    public void Reschedule(ShootState state)
    {
        dirty.Add(state.Uid);
        if (state.NextDue is { } due)
        {
            queue.Enqueue(state.Uid, (due, order++));
        }
    }

    public ShootEntry Put(JsonObject shoot)
    {
        var entry = Shoots.Put(shoot);
        dirty.Add(entry.Uid);
        return entry;
    }

    public void Remove(ShootEntry entry)
    {
        Shoots.Remove(entry);
        states.Remove(entry.Uid);
        dirty.Add(entry.Uid);
    }

    public void Record(AuditEntry entry) => audit.Add(entry with { Sequence = audit.Count + 1, Time = Now });

    public void CloseWatches(bool expire)
    {
        WatchEpoch++;
        if (expire)
        {
            Shoots.ForgetHistory();
        }

        dirtyVersion = true;
    }

    public void Dispose()
    {
        lock (gate)
        {
            journal?.Dispose();
        }
    }

    private void Advance()
    {
        var now = Now;
        while (queue.TryPeek(out var uid, out var next) && next.Due <= now)
        {
            queue.Dequeue();
            if (states.TryGetValue(uid, out var state) && state.NextDue is { } due && due <= next.Due)
            {
                ShootTimers.Fire(this, state, due);
            }
        }
    }

    private void Flush()
    {
        if (dirty.Count == 0 && auditWritten == audit.Count && !Faults.Changed && Namespaces.New.Count == 0 && !dirtyVersion)
        {
            return;
        }

        journal?.Write(
            Shoots.Version,
            dirty.Select(uid => (uid, Shoots.FindByUid(uid), FindState(uid))),
            audit.Skip(auditWritten),
            Faults.Changed ? Faults.All : null,
            Namespaces.New);
        dirty.Clear();
        Namespaces.New.Clear();
        auditWritten = audit.Count;
        Faults.Changed = false;
        dirtyVersion = false;
        var waiting = changed;
        changed = NewSignal();
        waiting.SetResult();
    }

    private void Restore(Journal journal)
    {
        Namespaces.Restore(journal.Namespaces());
        var entries = new List<ShootEntry>();
        foreach (var (entry, state) in journal.Shoots())
        {
            entries.Add(entry);
            states[state.Uid] = state;
            state.OldestWatchable = state.ClusterVersion;
            if (state.NextDue is { } due)
            {
                queue.Enqueue(state.Uid, (due, order++));
            }
        }

        Shoots.Restore(entries, Math.Max(1, journal.Version));
        Faults.Restore(journal.Faults());
        audit.AddRange(journal.Audit());
        auditWritten = audit.Count;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
