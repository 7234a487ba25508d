namespace Dualstack.Gardener.Nodes;

/// <summary>What only the shoot's own API shows.</summary>
/// <param name="Pools">Nodes by pool, in order of the name.</param>
/// <param name="Dns">The cluster DNS.</param>
public sealed record ClusterView(IReadOnlyList<PoolNodes> Pools, ClusterDns Dns)
{
    /// <summary>All nodes.</summary>
    public int Total => Pools.Sum(pool => pool.Total);

    /// <summary>All migrated nodes.</summary>
    public int Migrated => Pools.Sum(pool => pool.Migrated);
}
