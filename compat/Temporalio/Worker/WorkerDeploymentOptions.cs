using Temporalio.Common;

namespace Temporalio.Worker;

public class WorkerDeploymentOptions : ICloneable
{
    public WorkerDeploymentOptions()
    {
    }

    public WorkerDeploymentOptions(WorkerDeploymentVersion version, bool useWorkerVersioning)
    {
        Version = version;
        UseWorkerVersioning = useWorkerVersioning;
    }

    public WorkerDeploymentVersion? Version { get; set; }

    public bool UseWorkerVersioning { get; set; }

    public VersioningBehavior DefaultVersioningBehavior { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
