namespace Temporalio.DevServer.Time;

/// <summary>
/// One queue of everything that is due at a moment of the virtual clock. Entries are keyed; setting a key again replaces its moment.
/// </summary>
internal sealed class TimerQueue(VirtualClock clock, TimeSkipper skipper) : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<(object Key, long Version), DateTimeOffset> queue = new();
    private readonly Dictionary<object, (long Version, DateTimeOffset At, Action Fire)> entries = [];
    private readonly AutoResetEvent wake = new(false);
    private Thread? thread;
    private long version;
    private DateTimeOffset sleepingUntil = DateTimeOffset.MinValue;
    private volatile bool stopped;

    public void Start()
    {
        thread = new Thread(Loop) { IsBackground = true, Name = "timers" };
        thread.Start();
    }

    /// <summary>The first moment at which something is due.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate)
            {
                return Peek();
            }
        }
    }

    public void Set(object key, DateTimeOffset? at, Action fire)
    {
        lock (gate)
        {
            if (at is not { } moment)
            {
                entries.Remove(key);
                return;
            }

            if (entries.TryGetValue(key, out var known) && known.At == moment)
            {
                return;
            }

            entries[key] = (++version, moment, fire);
            queue.Enqueue((key, version), moment);
            if (queue.Count > (4 * entries.Count) + 10_000)
            {
                DropReplaced();
            }

            if (moment < sleepingUntil && !stopped)
            {
                wake.Set();
            }
        }
    }

    /// <summary>Jumps to the first moment if the condition holds; no entry is being taken out meanwhile.</summary>
    public void JumpIf(Func<bool> condition, VirtualClock jumping)
    {
        lock (gate)
        {
            if (Peek() is { } next && condition())
            {
                jumping.AdvanceTo(next);
                if (!stopped)
                {
                    wake.Set();
                }
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            wake.Set();
        }

        if (thread is { IsAlive: true } && thread != Thread.CurrentThread)
        {
            thread.Join(TimeSpan.FromSeconds(2));
        }

        wake.Dispose();
    }

    private void DropReplaced()
    {
        queue.Clear();
        queue.EnqueueRange(entries.Select(static entry => ((entry.Key, entry.Value.Version), entry.Value.At)));
    }

    private DateTimeOffset? Peek()
    {
        while (queue.TryPeek(out var head, out var at))
        {
            if (entries.TryGetValue(head.Key, out var entry) && entry.Version == head.Version)
            {
                return at;
            }

            queue.Dequeue();
        }

        return null;
    }

    private void Loop()
    {
        List<Action> due = [];
        while (!stopped)
        {
            TimeSpan sleep;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                while (Peek() is { } at && at <= now)
                {
                    var head = queue.Dequeue();
                    due.Add(entries[head.Key].Fire);
                    entries.Remove(head.Key);
                }

                var next = Peek();
                sleep = next is { } moment && moment - now < LongestSleep ? moment - now : LongestSleep;
                if (due.Count > 0)
                {
                    // Held until everything due was started, so that the clock does not run ahead of it.
                    skipper.Enter();
                }

                sleepingUntil = due.Count > 0 ? DateTimeOffset.MinValue : now + sleep;
            }

            if (due.Count > 0)
            {
                foreach (var fire in due)
                {
                    fire();
                }

                due.Clear();
                skipper.Exit();
                continue;
            }

            // Rounded up: waking a fraction early would only spin.
            wake.WaitOne((int)Math.Ceiling(Math.Max(sleep.TotalMilliseconds, 0)));
        }
    }
}
