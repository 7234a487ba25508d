using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>
/// The whole garden behind one lock. Whoever enters first brings it up to the present: everything that has become due is done in the
/// order in which it became due. Before the lock is left, all changes are on disk.
/// </summary>
internal sealed class Garden : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Journal? _journal;
    private readonly PriorityQueue<string, (DateTimeOffset Due, long Order)> _queue = new();
    private readonly Dictionary<string, ShootState> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);
    private readonly List<AuditEntry> _audit = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _order;
    private int _auditWritten;
    private bool _dirtyVersion;

    public Garden(GardenServerOptions options)
    {
        Options = options;
        Flavour = new GardenerFlavour(options.GardenerVersion);
        Shoots = new ShootStore(options.WatchHistory);
        if (options.DataDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            _journal = new Journal(Path.Combine(directory, "garden.db"));
            Restore(_journal);
        }
    }

    public GardenServerOptions Options { get; }

    public GardenerFlavour Flavour { get; }

    public ShootStore Shoots { get; }

    public FaultBoard Faults { get; } = new();

    public NamespaceStore Namespaces { get; } = new();

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public IReadOnlyList<AuditEntry> Audit => _audit;

    /// <summary>Raised to close every watch.</summary>
    public int WatchEpoch { get; private set; }

    /// <summary>Ends when something has changed after the moment it was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public T Enter<T>(Func<T> action)
    {
        lock (_gate)
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
        lock (_gate)
        {
            if (_queue.TryPeek(out _, out var first) && first.Due <= Now)
            {
                Advance();
                Flush();
            }
        }
    }

    public TimeSpan Scaled(TimeSpan duration) => duration / Options.Speed;

    public ShootState State(string uid) => _states[uid];

    public ShootState? FindState(string uid) => _states.GetValueOrDefault(uid);

    public void AddState(ShootState state)
    {
        _states[state.Uid] = state;
        Namespaces.Ensure(this, state.Namespace);
        Reschedule(state);
    }

    /// <summary>Marks the shoot as changed and queues what it has due next.</summary>
    public void Reschedule(ShootState state)
    {
        _dirty.Add(state.Uid);
        if (state.NextDue is { } due)
        {
            _queue.Enqueue(state.Uid, (due, _order++));
        }
    }

    public ShootEntry Put(JsonObject shoot)
    {
        var entry = Shoots.Put(shoot);
        _dirty.Add(entry.Uid);
        return entry;
    }

    public void Remove(ShootEntry entry)
    {
        Shoots.Remove(entry);
        _states.Remove(entry.Uid);
        _dirty.Add(entry.Uid);
    }

    public void Record(AuditEntry entry) => _audit.Add(entry with { Sequence = _audit.Count + 1, Time = Now });

    public void CloseWatches(bool expire)
    {
        WatchEpoch++;
        if (expire)
        {
            Shoots.ForgetHistory();
        }

        _dirtyVersion = true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _journal?.Dispose();
        }
    }

    private void Advance()
    {
        var now = Now;
        while (_queue.TryPeek(out var uid, out var next) && next.Due <= now)
        {
            _queue.Dequeue();
            if (_states.TryGetValue(uid, out var state) && state.NextDue is { } due && due <= next.Due)
            {
                ShootTimers.Fire(this, state, due);
            }
        }
    }

    private void Flush()
    {
        if (_dirty.Count == 0 && _auditWritten == _audit.Count && !Faults.Changed && Namespaces.New.Count == 0 && !_dirtyVersion)
        {
            return;
        }

        _journal?.Write(
            Shoots.Version,
            _dirty.Select(uid => (uid, Shoots.FindByUid(uid), FindState(uid))),
            _audit.Skip(_auditWritten),
            Faults.Changed ? Faults.All : null,
            Namespaces.New);
        _dirty.Clear();
        Namespaces.New.Clear();
        _auditWritten = _audit.Count;
        Faults.Changed = false;
        _dirtyVersion = false;
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private void Restore(Journal journal)
    {
        Namespaces.Restore(journal.Namespaces());
        var entries = new List<ShootEntry>();
        foreach (var (entry, state) in journal.Shoots())
        {
            entries.Add(entry);
            _states[state.Uid] = state;
            if (state.NextDue is { } due)
            {
                _queue.Enqueue(state.Uid, (due, _order++));
            }
        }

        Shoots.Restore(entries, Math.Max(1, journal.Version));
        Faults.Restore(journal.Faults());
        _audit.AddRange(journal.Audit());
        _auditWritten = _audit.Count;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
