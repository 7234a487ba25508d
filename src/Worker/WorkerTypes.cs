using Dualstack.Activities;
using Dualstack.Workflows;

namespace Dualstack.Worker;

/// <summary>What the worker runs.</summary>
internal static class WorkerTypes
{
    public static IReadOnlyList<Type> Workflows { get; } = [typeof(ShootMigrationWorkflow), typeof(GardenObserverWorkflow)];

    public static IReadOnlyList<Type> Activities { get; } =
    [
        typeof(ShootActivities),
        typeof(InfrastructureActivities),
        typeof(ControlPlaneActivities),
        typeof(NodeActivities),
        typeof(CniActivities),
        typeof(DnsActivities),
        typeof(MarkActivities),
        typeof(ObserverActivities),
    ];
}
