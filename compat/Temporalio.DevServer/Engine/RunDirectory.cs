using System.Collections.Concurrent;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>Finds runs, in memory or on disk, and gives one caller at a time access to the runs of a workflow id.</summary>
internal sealed class RunDirectory(EngineCore engine, SqliteStore store)
{
    private readonly Lock[] stripes = [.. Enumerable.Range(0, 1024).Select(static _ => new Lock())];
    private readonly ConcurrentDictionary<(string Namespace, string WorkflowId), WorkflowSlot> slots = new();
    private int loaded;
    private int sweeping;

    public T Locked<T>(string @namespace, string workflowId, Func<WorkflowSlot, T> action)
    {
        lock (Stripe(@namespace, workflowId))
        {
            var slot = slots.GetOrAdd((@namespace, workflowId), static (key, self) => new WorkflowSlot(self.engine, self.store, key.Namespace, key.WorkflowId), (engine, store));
            try
            {
                return action(slot);
            }
            catch
            {
                slot.AbandonOpenTransitions();
                throw;
            }
            finally
            {
                if (slot.IsEmpty)
                {
                    slots.TryRemove((@namespace, workflowId), out _);
                }
            }
        }
    }

    public void Locked(string @namespace, string workflowId, Action<WorkflowSlot> action) => Locked(@namespace, workflowId, slot =>
    {
        action(slot);
        return true;
    });

    public List<(string Namespace, string WorkflowId, string RunId)> OpenRuns() => store.Read(static session =>
    {
        var runs = new List<(string, string, string)>();
        using var rows = session.Query("SELECT ns, workflow_id, run_id FROM runs WHERE open = 1 ORDER BY run_key");
        while (rows.Read())
        {
            runs.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }

        return runs;
    });

    /// <summary>Lets go of all runs of a namespace that was closed before, and of those who wait for them.</summary>
    public void Forget(string @namespace)
    {
        foreach (var stripe in stripes)
        {
            // Whoever came before the namespace was closed has ended after this.
            lock (stripe)
            {
            }
        }

        foreach (var (key, slot) in slots.Where(item => item.Key.Namespace == @namespace).ToList())
        {
            lock (Stripe(key.Namespace, key.WorkflowId))
            {
                slots.TryRemove(key, out _);
                slot.LetGo();
            }
        }
    }

    /// <summary>Told whenever a run enters memory; now and then the ones not used for longest leave it.</summary>
    public void Loaded()
    {
        if (Interlocked.Increment(ref loaded) > engine.Limits.CachedRuns && Interlocked.Exchange(ref sweeping, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Sweep(), this, preferLocal: false);
        }
    }

    private void Sweep()
    {
        try
        {
            var all = slots.Values.SelectMany(static slot => slot.Loaded.Select(run => (Slot: slot, Run: run, run.LastUsed))).ToList();
            Volatile.Write(ref loaded, all.Count);
            var leaving = all.Where(static item => item.Run.CanLeaveMemory).OrderBy(static item => item.LastUsed).Take(Math.Max(engine.Limits.CachedRuns / 4, 1));
            foreach (var (slot, run, _) in leaving)
            {
                lock (Stripe(slot.Namespace, slot.WorkflowId))
                {
                    if (slot.Evict(run.State.RunId))
                    {
                        Interlocked.Decrement(ref loaded);
                    }

                    if (slot.IsEmpty)
                    {
                        slots.TryRemove((slot.Namespace, slot.WorkflowId), out _);
                    }
                }
            }
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }

    private Lock Stripe(string @namespace, string workflowId) =>
        stripes[(uint)HashCode.Combine(@namespace, workflowId) % (uint)stripes.Length];
}
