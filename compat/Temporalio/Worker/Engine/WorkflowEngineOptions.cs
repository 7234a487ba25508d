using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

/// <summary>What all workflow runs of a worker or replayer have in common.</summary>
internal sealed record WorkflowEngineOptions(
    string Namespace,
    string TaskQueue,
    DataConverter DataConverter,
    ILoggerFactory LoggerFactory,
    IReadOnlyCollection<IWorkerInterceptor> Interceptors)
{
    internal required IReadOnlyDictionary<string, WorkflowDefinition> Workflows { get; init; }

    internal WorkflowDefinition? DynamicWorkflow { get; init; }

    internal WorkflowStackTrace StackTrace { get; init; }

    internal IReadOnlyCollection<Type> FailureExceptionTypes { get; init; } = [];

    internal Func<PatchActivationInput, bool>? PatchActivation { get; init; }

    internal string BuildId { get; init; } = string.Empty;

    internal WorkerDeploymentVersion? DeploymentVersion { get; init; }

    /// <summary>Gets the version of this worker, as far as it has one; without a deployment it is a build id alone.</summary>
    internal WorkerDeploymentVersion? OwnVersion =>
        DeploymentVersion ?? (BuildId.Length > 0 ? new(string.Empty, BuildId) : null);

    internal required Func<MetricMeter> MetricMeter { get; init; }

    internal Action<WorkflowTaskStartingEventArgs>? TaskStarting { get; init; }

    internal Action<WorkflowTaskCompletedEventArgs>? TaskCompleted { get; init; }

    /// <summary>Gets the local activities that can run here; null where none ever runs (replay).</summary>
    internal IReadOnlySet<string>? LocalActivities { get; init; }

    internal bool HasDynamicActivity { get; init; }

    /// <summary>Gets a value indicating whether the server may hand activities back with a completion.</summary>
    internal bool EagerActivities { get; init; }

    internal WorkflowCodec CodecOf(string workflowId, string? workflowType) =>
        new(DataConverter.PayloadCodec, Namespace, workflowId, workflowType ?? string.Empty, TaskQueue);

    internal WorkflowDefinition Find(string workflowType) =>
        Workflows.TryGetValue(workflowType, out var definition)
            ? definition
            : DynamicWorkflow ?? throw new ApplicationFailureException(
                $"Workflow type {workflowType} is not registered on this worker, available workflows: {string.Join(", ", Workflows.Keys.Order())}",
                "NotFoundError");

    internal static (Dictionary<string, WorkflowDefinition> Named, WorkflowDefinition? Dynamic) Index(
        IEnumerable<WorkflowDefinition> definitions)
    {
        var named = new Dictionary<string, WorkflowDefinition>();
        WorkflowDefinition? dynamic = null;
        foreach (var definition in definitions)
        {
            if (!definition.Instantiable)
            {
                throw new ArgumentException($"Workflow {definition.Type} cannot be instantiated, so a worker cannot run it");
            }

            if (definition.Name is { } name)
            {
                if (!named.TryAdd(name, definition))
                {
                    throw new ArgumentException($"Workflow {name} is registered more than once");
                }
            }
            else if (dynamic != null)
            {
                throw new ArgumentException("More than one dynamic workflow is registered");
            }
            else
            {
                dynamic = definition;
            }
        }

        return (named, dynamic);
    }
}
