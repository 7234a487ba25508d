using Temporalio.Common;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Hosting;

/// <summary>Says at once what is wrong with a worker's options.</summary>
internal static class WorkerOptionRules
{
    internal static void Require(TemporalWorkerOptions options)
    {
        if (options.Plugins is { Count: > 0 })
        {
            throw new NotSupportedException("TemporalWorkerOptions.Plugins are not supported by this stand-in");
        }

        if (options.Activities.Count == 0 && options.Workflows.Count == 0)
        {
            throw new ArgumentException("Must have at least one workflow or activity");
        }

        if (string.IsNullOrEmpty(options.TaskQueue))
        {
            throw new ArgumentException("Task queue must be provided when TemporalWorkerOptions is configured");
        }

        if (options.DisablePayloadErrorLimit)
        {
            throw new NotSupportedException(
                "This stand-in leaves payload limits to the server, so there is nothing for TemporalWorkerOptions.DisablePayloadErrorLimit to turn off");
        }

        RequireLimits(options);
        RequireDeployment(options);
        RequireTuner(options);
        RequirePollers(options);
    }

    private static void RequireLimits(TemporalWorkerOptions options)
    {
        if (options.MaxEagerActivityReservationsPerWorkflowTask <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.MaxEagerActivityReservationsPerWorkflowTask,
                "MaxEagerActivityReservationsPerWorkflowTask must be positive; set DisableEagerActivityExecution to true to disable eager activity execution");
        }

        if (options.MaxCachedWorkflows < 0)
        {
            throw new ArgumentException("MaxCachedWorkflows must not be negative");
        }
    }

    private static void RequireDeployment(TemporalWorkerOptions options)
    {
#pragma warning disable CS0618 // Both obsolete options are still official.
        var (buildId, useWorkerVersioning) = (options.BuildId, options.UseWorkerVersioning);
#pragma warning restore CS0618
        if (options.DeploymentOptions is not { } deployment)
        {
            if (useWorkerVersioning)
            {
                throw buildId == null
                    ? new ArgumentException("BuildId must be explicitly set when UseWorkerVersioning is true")
                    : new NotSupportedException(
                        "TemporalWorkerOptions.UseWorkerVersioning is not supported by this stand-in: use DeploymentOptions");
            }

            return;
        }

        if (deployment.Version == null)
        {
            throw new ArgumentException("Worker options DeploymentOptions.Version must be set");
        }

        if (useWorkerVersioning)
        {
            throw new ArgumentException("DeploymentOptions and UseWorkerVersioning cannot be used together in worker options");
        }

        if (buildId != null)
        {
            throw new ArgumentException("DeploymentOptions and BuildId cannot be used together in worker options");
        }

        if (!deployment.UseWorkerVersioning && deployment.DefaultVersioningBehavior != VersioningBehavior.Unspecified)
        {
            throw new ArgumentException("DefaultVersioningBehavior must be Unspecified when UseWorkerVersioning is false");
        }

        if (deployment is { UseWorkerVersioning: true, DefaultVersioningBehavior: VersioningBehavior.Unspecified } &&
            options.Workflows.FirstOrDefault(w => w.VersioningBehavior is null or VersioningBehavior.Unspecified) is { } unspecified)
        {
            throw new ArgumentException(
                $"Workflow named {unspecified.Name} must specify a versioning behavior, since the worker has no default.");
        }
    }

    private static void RequireTuner(TemporalWorkerOptions options)
    {
        if (options.Tuner is not { } tuner)
        {
            return;
        }

        if (options.MaxConcurrentActivities != null || options.MaxConcurrentWorkflowTasks != null || options.MaxConcurrentLocalActivities != null)
        {
            throw new ArgumentException(
                "Cannot set both Tuner and any of MaxConcurrentWorkflowTasks, MaxConcurrentActivities, or MaxConcurrentLocalActivities.");
        }

        RequireFixed(tuner.WorkflowTaskSlotSupplier);
        RequireFixed(tuner.ActivityTaskSlotSupplier);
        RequireFixed(tuner.LocalActivitySlotSupplier);
    }

    private static void RequireFixed(SlotSupplier supplier)
    {
        if (supplier is not FixedSizeSlotSupplier fixedSize)
        {
            throw new NotSupportedException($"{supplier.GetType().Name} is not supported by this stand-in: use FixedSizeSlotSupplier");
        }

        if (fixedSize.SlotCount < 1)
        {
            throw new ArgumentException("FixedSizeSlotSupplier must have at least one slot");
        }
    }

    /// <summary>These the official package leaves to its core, whose refusals are <see cref="InvalidOperationException"/>.</summary>
    private static void RequirePollers(TemporalWorkerOptions options)
    {
        var workflowPollers = options.WorkflowTaskPollerBehavior?.Pollers ?? options.MaxConcurrentWorkflowTaskPolls;
        var activityPollers = options.ActivityTaskPollerBehavior?.Pollers ?? options.MaxConcurrentActivityTaskPolls;
        if (workflowPollers < 1 || activityPollers < 1)
        {
            throw new InvalidOperationException("A worker needs at least one poller of each kind");
        }

        if (options.MaxCachedWorkflows > 0 && options.Workflows.Count > 0 && (options.MaxConcurrentWorkflowTasks == 1 || workflowPollers == 1))
        {
            throw new InvalidOperationException(
                "Cached workflows need MaxConcurrentWorkflowTasks and the pollers of workflow tasks to be at least 2; or set MaxCachedWorkflows to 0");
        }
    }
}
