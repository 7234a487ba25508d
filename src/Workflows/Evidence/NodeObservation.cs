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

    /// <summary>
    /// At most 20 pools: first those that were asked about, also without nodes, then the others; of each those that are not done first, then by name.
    /// </summary>
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

    /// <summary>Whether every pool that is not done is listed.</summary>
    /// <returns>False where the list was cut before.</returns>
    public bool ListsAllBehind() => Pools.Count(pool => pool.Done < pool.Total) == PoolCount - PoolsDone;

    /// <summary>Whether the list tells which of some pools are not done, however it was cut.</summary>
    /// <param name="pools">The pools.</param>
    /// <returns>True if each is listed, or can be left out only because it is done.</returns>
    public bool Tells(IReadOnlyCollection<string> pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        var listed = Pools.Count(pool => pools.Contains(pool.Pool, StringComparer.Ordinal));
        // A list that holds nothing else was made for them, and leaves out those that are done first.
        return ListsAllBehind() || listed == Math.Min(pools.Count, ListLimit);
    }

    /// <summary>The listed pools out of some that are not done.</summary>
    /// <param name="pools">The pools; empty for all.</param>
    /// <returns>The pools.</returns>
    public IReadOnlyList<PoolObservation> Behind(IReadOnlyCollection<string> pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        return [.. Pools.Where(pool => pool.Done < pool.Total && (pools.Count == 0 || pools.Contains(pool.Pool, StringComparer.Ordinal)))];
    }

    /// <summary>Whether there are nodes, and all are dual-stack.</summary>
    /// <returns>False also where nothing could be read.</returns>
    public bool AllDual() => Readable && Total > 0 && Done == Total;

    /// <summary>Whether there are CoreDNS pods, and all are dual-stack.</summary>
    /// <returns>False also where nothing could be read.</returns>
    public bool CoreDnsDual() => Readable && CoreDnsPods > 0 && CoreDnsPodsDual == CoreDnsPods;
}
