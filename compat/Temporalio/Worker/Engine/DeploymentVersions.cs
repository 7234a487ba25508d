using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace Temporalio.Worker.Engine;

internal static class DeploymentVersions
{
    /// <summary>Reads which version of a worker completed a workflow task; null where history does not say.</summary>
    internal static WorkerDeploymentVersion? Of(HistoryEvent completed)
    {
        if (completed.WorkflowTaskCompletedEventAttributes is not { } attributes)
        {
            return null;
        }

        if (attributes.DeploymentVersion is { } version)
        {
            return OrNull(version.DeploymentName, version.BuildId);
        }

#pragma warning disable CS0612, CS0618 // Histories of older servers say it in these fields.
        var dot = attributes.WorkerDeploymentVersion.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            ? OrNull(attributes.WorkerDeploymentVersion[..dot], attributes.WorkerDeploymentVersion[(dot + 1)..])
            : OrNull(attributes.WorkerDeploymentName, attributes.WorkerVersion?.BuildId ?? string.Empty);
#pragma warning restore CS0612, CS0618
    }

    private static WorkerDeploymentVersion? OrNull(string deployment, string buildId) =>
        deployment.Length == 0 && buildId.Length == 0 ? null : new(deployment, buildId);
}
