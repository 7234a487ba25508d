using System.Collections.Concurrent;

namespace Temporalio.DevServer.Matching;

internal sealed class TaskQueues
{
    /// <summary>For how long after its last poll a sticky worker counts as present.</summary>
    public static readonly TimeSpan StickyPresence = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Namespace, string Name, bool Activity), MatchQueue> queues = new();

    public MatchQueue Workflow(string @namespace, string name) => Get(@namespace, name, false);

    public MatchQueue Activity(string @namespace, string name) => Get(@namespace, name, true);

    /// <summary>Null when neither tasks nor workers ever came.</summary>
    public MatchQueue? Find(string @namespace, string name, bool activity) => queues.GetValueOrDefault((@namespace, name, activity));

    /// <summary>The namespace is gone: its workers are sent home.</summary>
    public void Forget(string @namespace)
    {
        foreach (var key in queues.Keys.Where(key => key.Namespace == @namespace))
        {
            if (queues.TryRemove(key, out var queue))
            {
                queue.Release(null);
            }
        }
    }

    /// <summary>Whether it is worth sending anything to a sticky queue.</summary>
    public bool StickyWorkerPresent(string @namespace, string name) =>
        queues.TryGetValue((@namespace, name, false), out var queue) && queue.HasRecentPoller(StickyPresence);

    /// <summary>A worker said that it leaves. What waits in its sticky queue is returned.</summary>
    public List<MatchTask> ShutDown(string @namespace, string stickyQueue, string workerKey)
    {
        if (workerKey.Length > 0)
        {
            foreach (var (key, queue) in queues)
            {
                if (key.Namespace == @namespace)
                {
                    queue.Release(workerKey);
                }
            }
        }

        if (stickyQueue.Length == 0 || !queues.TryRemove((@namespace, stickyQueue, false), out var sticky))
        {
            return [];
        }

        sticky.Release(null);
        return sticky.Drain();
    }

    private MatchQueue Get(string @namespace, string name, bool activity) =>
        queues.GetOrAdd((@namespace, name, activity), static _ => new MatchQueue());
}
