namespace Dualstack.GardenSimulator.Cluster;

/// <summary>The replacement of all nodes of one pool in one zone.</summary>
internal sealed class MachineRoll
{
    public required string Pool { get; init; }

    public required string Zone { get; init; }

    public required int ZoneNumber { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Simulated seconds from one batch to the next.</summary>
    public required double SecondsPerBatch { get; init; }

    public required int Total { get; init; }

    /// <summary>Old nodes that no batch has taken yet.</summary>
    public List<string> Waiting { get; set; } = [];

    /// <summary>Old nodes being replaced now.</summary>
    public List<string> Batch { get; set; } = [];

    /// <summary>The new nodes of the batch have joined; the old ones are being drained.</summary>
    public bool Draining { get; set; }

    public DateTimeOffset Due { get; set; }
}
