namespace Dualstack.GardenSimulator.Cluster;

internal sealed class SimNode
{
    public required string Name { get; init; }

    public required string Uid { get; init; }

    public required string Pool { get; init; }

    public required string Zone { get; init; }

    /// <summary>The position of the zone in its pool, from 1, as in names of machine deployments.</summary>
    public required int ZoneNumber { get; init; }

    public required List<string> PodCidrs { get; init; }

    public required List<string> Addresses { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string MachineType { get; init; }

    public required string KubernetesVersion { get; init; }

    public bool Unschedulable { get; set; }

    /// <summary>Marked as one of the old nodes of a roll.</summary>
    public bool Outdated { get; set; }

    /// <summary>Labels that somebody added or changed; null removes one.</summary>
    public Dictionary<string, string?> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; set; } = [];

    public List<NodeTaint> Taints { get; set; } = [];

    public long CreatedVersion { get; init; }

    public long Version { get; set; }
}
