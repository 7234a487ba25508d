namespace Temporalio.DevServer.Engine;

/// <summary>What happens to a run by the passing of time alone.</summary>
internal static class Deadlines
{
    public static DateTimeOffset? Next(RunState state)
    {
        if (!state.IsOpen)
        {
            return null;
        }

        var next = Earlier(state.RunExpiration, state.FirstTaskAt);
        next = Earlier(next, OfTask(state.Task));
        foreach (var timer in state.Timers.Values)
        {
            next = Earlier(next, timer.FireAt);
        }

        foreach (var activity in state.Activities.Values)
        {
            next = Earlier(next, ActivityTimeouts.Next(activity)?.At);
        }

        return next;
    }

    public static void Fire(EngineCore engine, string @namespace, string workflowId, string runId)
    {
        try
        {
            engine.Directory.Locked(@namespace, workflowId, slot =>
            {
                if (slot.Find(runId) is { State.IsOpen: true } run && Next(run.State) is { } next && next <= engine.Clock.GetUtcNow())
                {
                    var transition = slot.Begin(run);
                    Apply(transition, slot);
                    _ = engine.Commit(transition);
                }
            });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            engine.Log($"A deadline of workflow {workflowId} (run {runId}) could not be handled: {OneLine.Of(e)}");
        }
    }

    private static DateTimeOffset? OfTask(WorkflowTaskState? task) => task switch
    {
        null => null,
        { Started: { } started } => started + task.Timeout,
        { StickyQueue.Length: > 0 } => task.Scheduled + task.StickyTimeout,
        _ => null,
    };

    private static void Apply(Transition transition, WorkflowSlot slot)
    {
        var state = transition.State;
        var now = transition.Now;
        if (state.RunExpiration <= now)
        {
            WorkflowTimeout.Expire(transition, slot);
            return;
        }

        if (state.FirstTaskAt <= now)
        {
            state.FirstTaskAt = null;
            state.Backoff = StartBackoff.None;
            WorkflowTasks.Ensure(transition);
        }

        if (OfTask(state.Task) <= now)
        {
            WorkflowTasks.TimeOut(transition, state.Task!.IsStarted ? TimeoutType.StartToClose : TimeoutType.ScheduleToStart);
        }

        foreach (var timer in state.Timers.Values.Where(timer => timer.FireAt <= now).OrderBy(static timer => (timer.FireAt, timer.StartedId)).ToList())
        {
            TimerRules.Fire(transition, timer);
        }

        foreach (var activity in state.Activities.Values.ToList())
        {
            if (ActivityTimeouts.Next(activity) is { } due && due.At <= now)
            {
                ActivityTimeouts.Apply(transition, activity, due.Type);
            }
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
