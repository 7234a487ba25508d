using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Hosting;

/// <summary>Says at once what is wrong with a worker's options.</summary>
internal static class WorkerOptionRules
{
    internal static void Require(TemporalWorkerOptions options)
    {
        if (string.IsNullOrEmpty(options.TaskQueue))
        {
            throw new ArgumentException("A worker needs a task queue: set TemporalWorkerOptions.TaskQueue");
        }

        if (options.Activities.Count == 0 && options.Workflows.Count == 0)
        {
            throw new ArgumentException("A worker needs at least one activity or workflow");
        }

        if (options.Plugins is { Count: > 0 })
        {
            throw new NotSupportedException("TemporalWorkerOptions.Plugins are not supported by this stand-in");
        }

        if (options.MaxCachedWorkflows < 0)
        {
            throw new ArgumentException("MaxCachedWorkflows must not be negative");
        }

        if (options.MaxCachedWorkflows > 0 && options.Workflows.Count > 0 && options.MaxConcurrentWorkflowTasks == 1)
        {
            throw new ArgumentException("MaxConcurrentWorkflowTasks must be at least 2 while workflows are cached");
        }

        if (options.Tuner is { } tuner)
        {
            if (options.MaxConcurrentActivities != null || options.MaxConcurrentWorkflowTasks != null ||
                options.MaxConcurrentLocalActivities != null)
            {
                throw new ArgumentException("Set either Tuner or the MaxConcurrent options, not both");
            }

            RequireFixed(tuner.WorkflowTaskSlotSupplier);
            RequireFixed(tuner.ActivityTaskSlotSupplier);
            RequireFixed(tuner.LocalActivitySlotSupplier);
        }
    }

    private static void RequireFixed(SlotSupplier supplier)
    {
        if (supplier is not FixedSizeSlotSupplier)
        {
            throw new NotSupportedException($"{supplier.GetType().Name} is not supported by this stand-in: use FixedSizeSlotSupplier");
        }
    }
}
