namespace Dualstack.Workflows.Evidence;

/// <summary>What the shoot's own API shows: nodes and the cluster DNS. Small also for 5,000 nodes.</summary>
public sealed record NodeObservation
{
    /// <summary>How many pools and node names are listed at most.</summary>
    public const int ListLimit = 20;

    /// <summary>Whether the shoot's API could be read. If not, all numbers are meaningless; it never means zero nodes.</summary>
    public bool Readable { get; init; }

    /// <summary>Why it could not; null if it could.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The clock of the one who looked, at the look.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>All nodes.</summary>
    public int Total { get; init; }

    /// <summary>Nodes with a pod range of each family.</summary>
    public int Done { get; init; }

    /// <summary>How many pools have nodes.</summary>
    public int PoolCount { get; init; }

    /// <summary>How many of them have dual-stack nodes only.</summary>
    public int PoolsDone { get; init; }

    /// <summary>At most 20 pools, those that are not done first, then by name.</summary>
    public IReadOnlyList<PoolObservation> Pools { get; init; } = [];

    /// <summary>At most 20 names of single-stack nodes.</summary>
    public IReadOnlyList<string> SingleStackNodes { get; init; } = [];

    /// <summary>When the newest node was created; null without nodes.</summary>
    public DateTimeOffset? NewestNodeAt { get; init; }

    /// <summary>When the oldest single-stack node was created; null without one.</summary>
    public DateTimeOffset? OldestSingleStackNodeAt { get; init; }

    /// <summary>CoreDNS pods that are not being deleted.</summary>
    public int CoreDnsPods { get; init; }

    /// <summary>Those of them with an address of each family.</summary>
    public int CoreDnsPodsDual { get; init; }

    /// <summary>Cluster addresses of the service <c>kube-dns</c>; 0 if there is none.</summary>
    public int KubeDnsAddresses { get; init; }

    /// <summary>Whether there are nodes, and all are dual-stack.</summary>
    /// <returns>False also where nothing could be read.</returns>
    public bool AllDual() => Readable && Total > 0 && Done == Total;

    /// <summary>Whether there are CoreDNS pods, and all are dual-stack.</summary>
    /// <returns>False also where nothing could be read.</returns>
    public bool CoreDnsDual() => Readable && CoreDnsPods > 0 && CoreDnsPodsDual == CoreDnsPods;
}
