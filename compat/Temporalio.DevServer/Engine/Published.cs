using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Engine;

/// <summary>What the rest of the server learns of a run once its transition is durable: tasks to hand out, the next deadline, and how busy it is.</summary>
internal sealed class Published
{
    private readonly List<(string Queue, bool Activity, MatchTask Task)> tasks = [];
    private readonly string @namespace;
    private readonly string workflowId;
    private readonly string runId;
    private readonly long runKey;
    private int busy;

    private Published(RunState state)
    {
        @namespace = state.Namespace;
        workflowId = state.WorkflowId;
        runId = state.RunId;
        runKey = state.RunKey;
    }

    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Looks at the run as it is; to be called under its lock.</summary>
    public static Published Of(Run run, EngineCore engine)
    {
        var state = run.State;
        var published = new Published(state);
        if (!state.IsOpen)
        {
            return published;
        }

        if (state.Task is { IsStarted: false, Dispatched: false } task)
        {
            task.Dispatched = true;
            published.tasks.Add((
                task.StickyQueue.Length > 0 ? task.StickyQueue : state.TaskQueue,
                false,
                new WorkflowTaskHint(state.Namespace, state.WorkflowId, state.RunId, task.Stamp)));
        }

        foreach (var activity in state.Activities.Values)
        {
            if (activity is { Waiting: false, Started: null, Dispatched: false })
            {
                activity.Dispatched = true;
                published.tasks.Add((
                    activity.TaskQueue,
                    true,
                    new ActivityTaskHint(state.Namespace, state.WorkflowId, state.RunId, activity.ScheduledId, activity.Stamp)));
            }

            published.busy += activity.Waiting ? 0 : 1;
        }

        published.busy += state.Task is null ? 0 : 1;
        published.Deadline = Deadlines.Next(state);
        return published;
    }

    public void Publish(EngineCore engine, Run run)
    {
        engine.Timers.Set(runKey, Deadline, () => Deadlines.Fire(engine, @namespace, workflowId, runId));
        engine.Skipper.SetBusy(runKey, busy);
        foreach (var (queue, activity, task) in tasks)
        {
            (activity ? engine.Queues.Activity(@namespace, queue) : engine.Queues.Workflow(@namespace, queue)).Add(task);
        }
    }
}
