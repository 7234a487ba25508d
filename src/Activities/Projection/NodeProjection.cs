using Dualstack.Gardener.Nodes;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Activities.Projection;

/// <summary>Turns the view into a cluster into the few facts that workflow histories keep.</summary>
public static class NodeProjection
{
    private const int NamesLength = 1500;

    /// <summary>Projects a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="now">When it was taken.</param>
    /// <param name="asked">The pools to list first, also where they have no nodes; empty for none in particular.</param>
    /// <returns>The projection.</returns>
    public static NodeObservation Project(ClusterView view, DateTimeOffset now, IReadOnlyList<string> asked)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(asked);
        var first = asked.ToHashSet(StringComparer.Ordinal);
        var empty = first.Except(view.Pools.Select(pool => pool.Pool), StringComparer.Ordinal).Select(pool => new PoolObservation(pool, 0, 0, 0));
        return new NodeObservation
        {
            Readable = true,
            At = now,
            Total = view.Total,
            Done = view.Migrated,
            PoolCount = view.Pools.Count,
            PoolsDone = view.Pools.Count(pool => pool.Migrated == pool.Total),
            Pools =
            [
                .. view.Pools
                    .Select(pool => new PoolObservation(pool.Pool, pool.Total, pool.Migrated, pool.Ready))
                    .Concat(empty)
                    .OrderByDescending(pool => first.Contains(pool.Pool))
                    .ThenBy(pool => pool.Done == pool.Total)
                    .ThenBy(pool => pool.Pool, StringComparer.Ordinal)
                    .Take(NodeObservation.ListLimit),
            ],
            SingleStackNodes = Names(view),
            NewestNodeAt = view.Pools.Max(pool => pool.Newest),
            OldestSingleStackNodeAt = view.Pools.Min(pool => pool.OldestBehind),
            CoreDnsPods = view.Dns.Pods,
            CoreDnsPodsDual = view.Dns.MigratedPods,
            KubeDnsAddresses = view.Dns.ServiceAddresses,
        };
    }

    /// <summary>What is known where the shoot's API could not be read: nothing about nodes.</summary>
    /// <param name="why">Why not.</param>
    /// <param name="now">When it was tried.</param>
    /// <returns>The projection.</returns>
    public static NodeObservation Unreadable(string why, DateTimeOffset now) =>
        new() { Readable = false, WhyNot = ShootProjection.Cut(why, ShootObservation.TextLimit), At = now };

    private static List<string> Names(ClusterView view)
    {
        var names = new List<string>();
        var length = 0;
        foreach (var name in view.Pools.SelectMany(pool => pool.Behind).Take(NodeObservation.ListLimit))
        {
            length += name.Length;
            if (length > NamesLength)
            {
                break;
            }

            names.Add(name);
        }

        return names;
    }
}
