namespace Temporalio.DevServer.Storage;

/// <summary>
/// The one thread that writes. It takes all changes that are waiting, commits them as one transaction (group commit), and only then lets their callers answer.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly SqliteStore store;
    private readonly Action<Exception> fatal;
    private readonly object gate = new();
    private readonly Thread thread;
    private List<Group> waiting = [];
    private bool stopped;

    public StoreWriter(SqliteStore store, Action<Exception> fatal)
    {
        this.store = store;
        this.fatal = fatal;
        thread = new Thread(Loop) { IsBackground = true, Name = "store writer" };
        thread.Start();
    }

    /// <summary>Queues the changes, which become durable together and after everything queued before.</summary>
    public Task Write(params WriteSet[] sets)
    {
        var group = new Group(sets);
        lock (gate)
        {
            waiting.Add(group);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }

        return group.Done.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.Pulse(gate);
        }

        thread.Join(TimeSpan.FromSeconds(10));
    }

    private void Loop()
    {
        List<Group> groups = [];
        try
        {
            while (Take(ref groups))
            {
                store.Write(session => Apply(session, groups));
                foreach (var group in groups)
                {
                    foreach (var set in group.Sets)
                    {
                        set.Committed?.Invoke();
                    }

                    group.Done.SetResult();
                }

                groups.Clear();
            }
        }
        catch (Exception e)
        {
            fatal(e);
        }
    }

    /// <summary>Takes all that waits, and sleeps until there is something; a thread that spins here takes time from the workers.</summary>
    private bool Take(ref List<Group> groups)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (stopped)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            (groups, waiting) = (waiting, groups);
            return true;
        }
    }

    private static void Apply(SqliteSession session, List<Group> groups)
    {
        // Of several states of one run only the last one has to reach the disk.
        var last = new Dictionary<long, WriteSet>();
        foreach (var group in groups)
        {
            foreach (var set in group.Sets)
            {
                if (set.State is not null)
                {
                    last[set.RunKey] = set;
                }
            }
        }

        foreach (var group in groups)
        {
            foreach (var set in group.Sets)
            {
                RowWriter.Apply(session, set, set.State is not null && last[set.RunKey] == set);
            }
        }
    }

    private sealed record Group(WriteSet[] Sets)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
