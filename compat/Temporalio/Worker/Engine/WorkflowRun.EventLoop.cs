using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

// Running workflow code until it waits.
internal sealed partial class WorkflowRun
{
    private readonly LinkedList<(Func<bool> Check, TaskCompletionSource Source)> conditions = new();
    private readonly List<Action> followUps = [];
    private readonly LinkedList<StackTrace>? stackTraces;
    private Exception? activationFailure;
    private InvalidWorkflowSchedulerException? foreignFailure;
    private bool inQueryOrValidator;
    private bool started;
    private long activations;
    private long runningActivation = -1;

    /// <summary>Gets the number of the activation that is running now, or -1.</summary>
    internal long RunningActivation => Volatile.Read(ref runningActivation);

    public Task<bool> WaitConditionAsync(WaitConditionOptions waitOptions)
    {
        AssertNotReadOnly("wait or schedule workflow work");
        var source = new TaskCompletionSource();
        var node = conditions.AddLast((waitOptions.ConditionCheck, source));
        var token = waitOptions.CancellationToken ?? CancellationToken;
        return QueueTask(async () =>
        {
            try
            {
                using var registration = token.Register(() => source.TrySetCanceled(token));
                if (waitOptions.Timeout is not { } timeout || timeout == Timeout.InfiniteTimeSpan)
                {
                    await source.Task;
                    return true;
                }

                using var delayCancellation = new CancellationTokenSource();
                var delay = DelayAsync(new(timeout, waitOptions.TimeoutSummary, delayCancellation.Token));
                if (await Task.WhenAny(source.Task, delay) != source.Task)
                {
                    return false;
                }

                try
                {
                    await source.Task;
                    return true;
                }
                finally
                {
                    delayCancellation.Cancel();
                }
            }
            finally
            {
                conditions.Remove(node);
            }
        });
    }

    /// <summary>Runs code in the workflow's context: <paramref name="apply"/> first, then every task that becomes ready.</summary>
    private void Activate(Action apply, bool checkConditions)
    {
        options.TaskStarting?.Invoke(new(Info, definition));
        var previousContext = WorkflowContexts.Exchange(this);
        var previousScheduler = scheduler.Enter();
        var previousSynchronization = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Exception? failure = null;
        try
        {
            activationFailure = foreignFailure;
            Volatile.Write(ref runningActivation, ++activations);
            apply();
            RunUntilBlocked(checkConditions);
            ThrowIfFailed();
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            Volatile.Write(ref runningActivation, -1);
            SynchronizationContext.SetSynchronizationContext(previousSynchronization);
            WorkflowTaskScheduler.Leave(previousScheduler);
            WorkflowContexts.Exchange(previousContext);
            options.TaskCompleted?.Invoke(new(Info, definition, failure));
        }
    }

    /// <summary>Runs what state machines want to tell the code within the same workflow task, such as cancellations.</summary>
    private void RunFollowUps()
    {
        while (followUps.Count > 0)
        {
            Action[] batch = [.. followUps];
            followUps.Clear();
            Activate(() => Array.ForEach(batch, run => run()), checkConditions: true);
        }
    }

    private void RunUntilBlocked(bool checkConditions)
    {
        while (scheduler.HasWork)
        {
            while (scheduler.TryDequeue(out var task))
            {
                scheduler.Run(task);
                ThrowIfFailed();
            }

            if (checkConditions)
            {
                ResolveFirstTrueCondition();
            }
        }
    }

    private void ResolveFirstTrueCondition()
    {
        for (var node = conditions.First; node != null; node = node.Next)
        {
            if (node.Value.Check())
            {
                node.Value.Source.TrySetResult();
                return;
            }
        }
    }

    private void ThrowIfFailed()
    {
        if (activationFailure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void OnForeignThread(Task task) => foreignFailure ??= new(
        $"Workflow {Info.WorkflowId} was resumed from outside its scheduler (task {task.Id}). Workflow code must not use " +
        "Task.Run, Task.Delay, ConfigureAwait(false), timers, I/O or threads: use Workflow.RunTaskAsync, Workflow.DelayAsync and activities");

    private Task QueueTask(Func<Task> run) => TaskFactory.StartNew(Traced(run)).Unwrap();

    private Task<T> QueueTask<T>(Func<Task<T>> run) => TaskFactory.StartNew(Traced(run)).Unwrap();

    private Func<TTask> Traced<TTask>(Func<TTask> run)
        where TTask : Task
    {
        if (stackTraces == null)
        {
            return run;
        }

        var node = stackTraces.AddLast(new StackTrace(options.StackTrace == WorkflowStackTrace.Normal));
        return () =>
        {
            var task = run();
            task.GetAwaiter().UnsafeOnCompleted(() => stackTraces.Remove(node));
            return task;
        };
    }

    private async Task RunTopLevelAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception e)
        {
            try
            {
                CompleteWith(e);
            }
            catch (Exception unexpected)
            {
                activationFailure ??= unexpected;
            }
        }
    }
}
