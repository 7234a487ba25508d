using System.Threading.Channels;

namespace Temporalio.DevServer.Storage;

/// <summary>
/// The one thread that writes. It takes all changes that are waiting, commits them as one transaction (group commit), and only then lets their callers answer.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MaxGroup = 1024;

    private readonly SqliteStore store;
    private readonly Action<Exception> fatal;
    private readonly Channel<Group> queue = Channel.CreateUnbounded<Group>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread thread;

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
        queue.Writer.TryWrite(group);
        return group.Done.Task;
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join(TimeSpan.FromSeconds(10));
    }

    private void Loop()
    {
        var groups = new List<Group>();
        try
        {
            while (Wait())
            {
                while (groups.Count < MaxGroup && queue.Reader.TryRead(out var group))
                {
                    groups.Add(group);
                }

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

    private bool Wait()
    {
        var wait = queue.Reader.WaitToReadAsync();
        return wait.IsCompletedSuccessfully ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
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
