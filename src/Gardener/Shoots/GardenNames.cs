namespace Dualstack.Gardener.Shoots;

/// <summary>Names that Gardener, Kubernetes and this program give to labels, annotations, constraints and fields.</summary>
public static class GardenNames
{
    /// <summary>API group of shoots.</summary>
    public const string Group = "core.gardener.cloud";

    /// <summary>API version of shoots.</summary>
    public const string Version = "v1beta1";

    /// <summary>Resource name of shoots.</summary>
    public const string Shoots = "shoots";

    /// <summary>The name under which this program writes.</summary>
    public const string FieldManager = "dualstack";

    /// <summary>Our label on a shoot under migration; what the observer selects.</summary>
    public const string MigrationLabel = "dualstack.dev/migration";

    /// <summary>Value of <see cref="MigrationLabel"/>.</summary>
    public const string MigrationActive = "active";

    /// <summary>Selects the shoots under migration by our label.</summary>
    public const string MigrationSelector = $"{MigrationLabel}={MigrationActive}";

    /// <summary>Our annotation that carries the intent id of our newest write.</summary>
    public const string IntentAnnotation = "dualstack.dev/intent";

    /// <summary>Gardener's annotation that asks for an operation.</summary>
    public const string OperationAnnotation = "gardener.cloud/operation";

    /// <summary>Gardener's annotation that asks for an operation at the next maintenance.</summary>
    public const string MaintenanceOperationAnnotation = "maintenance.gardener.cloud/operation";

    /// <summary>Gardener's annotation with one-shot tasks of the next run, separated by commas.</summary>
    public const string TasksAnnotation = "shoot.gardener.cloud/tasks";

    /// <summary>Gardener's annotation that keeps gardenlet away from a shoot.</summary>
    public const string IgnoreAnnotation = "shoot.gardener.cloud/ignore";

    /// <summary>The operation that asks for one run.</summary>
    public const string ReconcileOperation = "reconcile";

    /// <summary>The operation that leaves the state Failed.</summary>
    public const string RetryOperation = "retry";

    /// <summary>How the operation begins that replaces the nodes of the pools named after it.</summary>
    public const string RolloutWorkersPrefix = "rollout-workers=";

    /// <summary>The constraint that tells whether all nodes are dual-stack.</summary>
    public const string NodesConstraint = "DualStackNodesMigrationReady";

    /// <summary>The constraint that tells whether the cluster DNS is ready for its second address.</summary>
    public const string DnsConstraint = "DNSServiceMigrationReady";

    /// <summary>The node label with the name of its worker pool.</summary>
    public const string PoolLabel = "worker.gardener.cloud/pool";

    /// <summary>IPv4 as Gardener spells it.</summary>
    public const string IPv4 = "IPv4";

    /// <summary>IPv6 as Gardener spells it.</summary>
    public const string IPv6 = "IPv6";
}
