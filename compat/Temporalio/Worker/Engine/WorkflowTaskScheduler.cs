using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.Engine;

/// <summary>Runs a workflow's tasks one at a time, first in first out, and only while the engine pumps it.</summary>
internal sealed class WorkflowTaskScheduler(Action<Task> onForeignThread) : TaskScheduler
{
    [ThreadStatic]
    private static WorkflowTaskScheduler? pumping;

    private readonly Queue<Task> queue = new();

    public override int MaximumConcurrencyLevel => 1;

    internal bool HasWork => queue.Count > 0;

    internal WorkflowTaskScheduler? Enter()
    {
        var previous = pumping;
        pumping = this;
        return previous;
    }

    internal static void Leave(WorkflowTaskScheduler? previous) => pumping = previous;

    internal bool TryDequeue([NotNullWhen(true)] out Task? task) => queue.TryDequeue(out task);

    internal void Run(Task task) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => queue.ToArray();

    // Never inline: continuations run in the order in which they became ready, on every replay.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override void QueueTask(Task task)
    {
        if (pumping == this)
        {
            queue.Enqueue(task);
        }
        else
        {
            // Something resumed workflow code from a timer or thread of its own. Running it would not be repeatable.
            onForeignThread(task);
        }
    }
}
