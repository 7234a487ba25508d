namespace Temporalio.DevServer.Matching;

/// <summary>Tasks wait for workers or workers for tasks, both in order.</summary>
internal sealed class MatchQueue
{
    private readonly Lock gate = new();
    private readonly LinkedList<(MatchTask Task, long Since)> tasks = new();
    private readonly LinkedList<Poller> pollers = new();
    private readonly Dictionary<string, DateTimeOffset> identities = [];
    private long lastPoll;

    public int Backlog
    {
        get
        {
            lock (gate)
            {
                return tasks.Count;
            }
        }
    }

    /// <summary>For how long the task at the head has been waiting.</summary>
    public TimeSpan BacklogAge
    {
        get
        {
            lock (gate)
            {
                return tasks.First is { } oldest ? TimeSpan.FromMilliseconds(Environment.TickCount64 - oldest.Value.Since) : TimeSpan.Zero;
            }
        }
    }

    public IReadOnlyDictionary<string, DateTimeOffset> Identities
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, DateTimeOffset>(identities);
            }
        }
    }

    /// <summary>Whether a worker waits here or did so moments ago.</summary>
    public bool HasRecentPoller(TimeSpan within)
    {
        lock (gate)
        {
            return pollers.Count > 0 || (lastPoll != 0 && Environment.TickCount64 - lastPoll < within.TotalMilliseconds);
        }
    }

    public void Add(MatchTask task, bool first = false)
    {
        lock (gate)
        {
            while (pollers.First is { } node)
            {
                pollers.RemoveFirst();
                if (node.Value.Offer(task))
                {
                    return;
                }
            }

            if (first)
            {
                tasks.AddFirst((task, Environment.TickCount64));
            }
            else
            {
                tasks.AddLast((task, Environment.TickCount64));
            }
        }
    }

    public async Task<MatchTask?> PollAsync(string identity, string workerKey, TimeSpan wait, CancellationToken cancellationToken)
    {
        Poller poller;
        LinkedListNode<Poller> node;
        lock (gate)
        {
            lastPoll = Environment.TickCount64;
            identities[identity] = DateTimeOffset.UtcNow;
            if (tasks.First is { } waiting)
            {
                tasks.RemoveFirst();
                return waiting.Value.Task;
            }

            poller = new Poller(workerKey);
            node = pollers.AddLast(poller);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(wait);
        await using var registration = timeout.Token.UnsafeRegister(static state => ((Poller)state!).Offer(null), poller).ConfigureAwait(false);
        var task = await poller.Task.ConfigureAwait(false);
        lock (gate)
        {
            lastPoll = Environment.TickCount64;
            if (node.List is not null)
            {
                pollers.Remove(node);
            }
        }

        if (task is not null && cancellationToken.IsCancellationRequested)
        {
            // The worker left in the moment it was served.
            Add(task, first: true);
            return null;
        }

        return task;
    }

    /// <summary>Sends waiting workers home: those of one worker, or all.</summary>
    public void Release(string? workerKey)
    {
        lock (gate)
        {
            for (var node = pollers.First; node is not null;)
            {
                var next = node.Next;
                if (workerKey is null || node.Value.WorkerKey == workerKey)
                {
                    pollers.Remove(node);
                    node.Value.Offer(null);
                }

                node = next;
            }

            if (workerKey is null)
            {
                lastPoll = 0;
            }
        }
    }

    /// <summary>Takes out everything that waits, to be sent elsewhere.</summary>
    public List<MatchTask> Drain()
    {
        lock (gate)
        {
            var drained = tasks.Select(static waiting => waiting.Task).ToList();
            tasks.Clear();
            return drained;
        }
    }

    private sealed class Poller(string workerKey)
    {
        private readonly TaskCompletionSource<MatchTask?> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string WorkerKey { get; } = workerKey;

        public Task<MatchTask?> Task => source.Task;

        public bool Offer(MatchTask? task) => source.TrySetResult(task);
    }
}
