namespace Temporalio.DevServer.Time;

/// <summary>
/// Lets the clock jump to the next deadline while nobody holds it: no lock by a client, no task or activity with a worker, nothing on its way.
/// </summary>
internal sealed class TimeSkipper(VirtualClock clock, bool available)
{
    private readonly Dictionary<long, int> busyRuns = [];
    private readonly Lock gate = new();
    private TimerQueue? timers;
    private long busy;
    private int locks;

    public bool Available => available;

    /// <summary>Connects the queue whose deadlines are jumped to.</summary>
    public void Attach(TimerQueue queue, bool startLocked)
    {
        timers = queue;
        locks = startLocked ? 1 : 0;
    }

    /// <summary>Something is under way; <see cref="Exit"/> ends it.</summary>
    public void Enter()
    {
        if (available)
        {
            Interlocked.Increment(ref busy);
        }
    }

    public void Exit()
    {
        if (available)
        {
            Interlocked.Decrement(ref busy);
            Evaluate();
        }
    }

    public void SetBusy(long runKey, int count)
    {
        if (!available)
        {
            return;
        }

        lock (gate)
        {
            busyRuns.TryGetValue(runKey, out var before);
            Interlocked.Add(ref busy, count - before);
            if (count == 0)
            {
                busyRuns.Remove(runKey);
            }
            else
            {
                busyRuns[runKey] = count;
            }
        }
    }

    public void Lock() => Interlocked.Increment(ref locks);

    /// <summary>False when there was no lock to release.</summary>
    public bool Unlock()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref locks);
            if (seen <= 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref locks, seen - 1, seen) != seen);
        Evaluate();
        return true;
    }

    /// <summary>Jumps if nothing forbids it.</summary>
    public void Evaluate()
    {
        if (available)
        {
            timers?.JumpIf(() => Interlocked.Read(ref busy) == 0 && Volatile.Read(ref locks) == 0, clock);
        }
    }
}
