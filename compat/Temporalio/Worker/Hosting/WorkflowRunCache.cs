using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Runs that are kept between their workflow tasks; the least recently used ones go first.</summary>
internal sealed class WorkflowRunCache(int capacity)
{
    private readonly Dictionary<string, Entry> entries = [];
    private readonly LinkedList<Entry> idle = new();
    private readonly Lock gate = new();

    internal int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    internal Entry Acquire(string runId)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(runId, out var entry))
            {
                entry = new(runId);
                entries.Add(runId, entry);
            }

            entry.Users++;
            if (entry.IdleNode is { } node)
            {
                idle.Remove(node);
                entry.IdleNode = null;
            }

            return entry;
        }
    }

    internal void Release(Entry entry)
    {
        lock (gate)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            if (entry.Run == null || capacity == 0)
            {
                Drop(entry);
            }
            else
            {
                entry.IdleNode = idle.AddLast(entry);
            }

            while (entries.Count > capacity && idle.First is { } oldest)
            {
                idle.RemoveFirst();
                oldest.Value.IdleNode = null;
                Drop(oldest.Value);
            }
        }
    }

    private void Drop(Entry entry)
    {
        entry.Evict();
        entries.Remove(entry.RunId);
    }

    internal sealed class Entry(string runId)
    {
        internal string RunId { get; } = runId;

        /// <summary>Gets what lets one task of the run in at a time.</summary>
        internal SemaphoreSlim Gate { get; } = new(1);

        /// <summary>Gets what is cancelled once the run's code does not give its thread back: whoever waits at the gate waits in vain.</summary>
        internal CancellationTokenSource Deadlocked { get; } = new();

        internal WorkflowRun? Run { get; set; }

        internal WorkflowCodec? Codec { get; set; }

        internal LocalActivityRuns? LocalActivities { get; set; }

        internal int Users { get; set; }

        internal LinkedListNode<Entry>? IdleNode { get; set; }

        internal void Evict()
        {
            Run?.CancelLocalActivities();
            Run = null;
            LocalActivities = null;
        }
    }
}
