using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Engine;

/// <summary>How a query reaches a worker: on a workflow task that goes out anyway, or as a task of its own.</summary>
internal static class QueryRules
{
    /// <summary>Sends a query as a task of its own. To be called under the run's lock.</summary>
    public static void Dispatch(EngineCore engine, Run run, PendingQuery query)
    {
        var state = run.State;
        query.Direct = true;
        query.Attached = false;
        var hint = new QueryTaskHint(query);
        if (state.StickyQueue.Length == 0 || !engine.Queues.StickyWorkerPresent(state.Namespace, state.StickyQueue))
        {
            engine.Queues.Workflow(state.Namespace, state.TaskQueue).Add(hint);
            return;
        }

        engine.Queues.Workflow(state.Namespace, state.StickyQueue).Add(hint);
        _ = FallBackAsync(engine, run, hint, state.StickyTimeout);
    }

    /// <summary>Sends everything that no workflow task will answer any more.</summary>
    public static void Redispatch(EngineCore engine, Run run)
    {
        if (run.State is not ({ IsOpen: false } or { Task: null, PreviousStartedId: > 0 }))
        {
            return;
        }

        foreach (var query in run.Queries)
        {
            if (!query.Direct)
            {
                Dispatch(engine, run, query);
            }
        }
    }

    public static void RedispatchUnlocked(EngineCore engine, Run run)
    {
        if (run.Queries.Count > 0)
        {
            ThreadPool.QueueUserWorkItem(_ =>
                engine.Directory.Locked(run.State.Namespace, run.State.WorkflowId, slot => Redispatch(engine, run)));
        }
    }

    private static async Task FallBackAsync(EngineCore engine, Run run, QueryTaskHint hint, TimeSpan patience)
    {
        // Waiting for a worker is a matter of real time, whatever the virtual clock shows.
        await Task.Delay(patience > TimeSpan.Zero ? patience : TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        if (!hint.Query.Picked && !hint.Query.Answer.IsCompleted)
        {
            engine.Directory.Locked(run.State.Namespace, run.State.WorkflowId, slot =>
            {
                run.State.StickyQueue = "";
                engine.Queues.Workflow(run.State.Namespace, run.State.TaskQueue).Add(hint);
            });
        }
    }
}
