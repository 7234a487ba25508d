namespace Dualstack.GardenSimulator.Admission;

/// <summary>Names of annotations, labels and constraints that Gardener gives a meaning.</summary>
internal static class Keys
{
    public const string Group = "core.gardener.cloud";
    public const string Operation = "gardener.cloud/operation";
    public const string MaintenanceOperation = "maintenance.gardener.cloud/operation";
    public const string Tasks = "shoot.gardener.cloud/tasks";
    public const string Ignore = "shoot.gardener.cloud/ignore";
    public const string NeedsRetry = "maintenance.shoot.gardener.cloud/needs-retry-operation";
    public const string ConfirmDeletion = "confirmation.gardener.cloud/deletion";
    public const string StatusLabel = "shoot.gardener.cloud/status";
    public const string DeployInfrastructure = "deployInfrastructure";
    public const string RestartCoreAddons = "restartCoreAddons";
    public const string NodesReady = "DualStackNodesMigrationReady";
    public const string DnsReady = "DNSServiceMigrationReady";

    /// <summary>Simulated seconds to replace one batch of nodes: a number, or <c>pool=number,…</c>.</summary>
    public const string NodeReplacementSeconds = "simulator.dualstack.dev/node-replacement-seconds";

    /// <summary><c>check-first</c> or <c>deploy-first</c>: the order of the shoot's DNS tasks.</summary>
    public const string DnsOrder = "simulator.dualstack.dev/dns-order";

    /// <summary><c>namespace/name</c> of a pod disruption budget that allows no disruption.</summary>
    public const string BlockingBudget = "simulator.dualstack.dev/blocking-pdb";
}
