namespace Dualstack.GardenSimulator.Cluster;

internal sealed class SimPod
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>The deployment it belongs to.</summary>
    public required string Owner { get; init; }

    public required string Node { get; init; }

    public required List<string> PodIPs { get; init; }

    public required DateTimeOffset Created { get; init; }

    public OwnMetadata Own { get; init; } = new();

    public long CreatedVersion { get; init; }

    public long Version { get; set; }
}
