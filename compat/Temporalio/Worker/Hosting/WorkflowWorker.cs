using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Engine;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Hosting;

/// <summary>Polls for workflow tasks and runs them.</summary>
internal sealed class WorkflowWorker
{
    private readonly WorkerContext context;
    private readonly WorkflowTaskHandler handler;
    private readonly SemaphoreSlim slots;
    private readonly InFlight inFlight = new();
    private readonly ILogger logger;

    internal WorkflowWorker(
        WorkerContext context,
        WorkflowEngineOptions engine,
        LocalActivityRunner localActivities,
        ActivityWorker? activities,
        CancellationToken stopLocalActivities)
    {
        this.context = context;
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.WorkflowWorker");
        slots = new(SlotCount(context.Options));
        StickyQueue = context.Options.MaxCachedWorkflows > 0
            ? $"{context.Identity}-{Guid.NewGuid():N}"
            : null;
        handler = new(
            context,
            engine,
            new(context.Options.MaxCachedWorkflows),
            localActivities,
            new(context, engine, StickyQueue, activities),
            stopLocalActivities);
    }

    internal string? StickyQueue { get; }

    internal Task WhenIdle => inFlight.WhenIdle;

    /// <summary>Gets how many workflow tasks never gave their thread back; they do not hold up the end of the worker.</summary>
    internal int Deadlocks => handler.Deadlocks;

    internal IEnumerable<Task> StartPollers(PollStop stop)
    {
        var count = Math.Max(1, context.Options.WorkflowTaskPollerBehavior?.Pollers ?? context.Options.MaxConcurrentWorkflowTaskPolls);
        var normal = StickyQueue == null ? count : Math.Max(1, (int)Math.Round(count * context.Options.NonStickyToStickyPollRatio));
        for (var i = 0; i < Math.Max(count, StickyQueue == null ? 1 : 2); i++)
        {
            var sticky = StickyQueue != null && i >= normal;
            yield return Task.Run(() => PollLoop.RunAsync(
                sticky ? "workflow tasks (sticky)" : "workflow tasks",
                token => PollAsync(sticky, stop, token),
                logger,
                TimeProvider.System,
                stop));
        }
    }

    private static int SlotCount(TemporalWorkerOptions options) =>
        options.Tuner?.WorkflowTaskSlotSupplier is FixedSizeSlotSupplier supplier
            ? supplier.SlotCount
            : options.MaxConcurrentWorkflowTasks ?? 100;

    private async Task PollAsync(bool sticky, PollStop stop, CancellationToken abort)
    {
        await slots.WaitAsync(stop.NoMore);
        var handed = false;
        try
        {
            var task = await context.Service.PollWorkflowTaskQueueAsync(
                new PollWorkflowTaskQueueRequest
                {
                    Namespace = context.Namespace,
                    TaskQueue = sticky
                        ? new() { Name = StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = context.TaskQueue }
                        : new() { Name = context.TaskQueue, Kind = TaskQueueKind.Normal },
                    Identity = context.Identity,
                    WorkerVersionCapabilities = context.VersionCapabilities,
                    WorkerInstanceKey = context.InstanceKey,
                    DeploymentOptions = context.Deployment,
                },
                new() { Retry = false, CancellationToken = abort });
            if (task.TaskToken.IsEmpty)
            {
                return;
            }

            handed = true;
            var deadlocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            inFlight.Start(() => handler.HandleAsync(task, () => deadlocked.TrySetResult()), () => slots.Release(), deadlocked.Task);
        }
        finally
        {
            if (!handed)
            {
                slots.Release();
            }
        }
    }
}
