using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Tests.Garden;

/// <summary>What a migration gets to see.</summary>
public sealed partial class ScriptedGarden
{
    public ShootObservation Observe(DateTimeOffset now)
    {
        var ranges = InfrastructureDual ? 2 : 1;
        return new ShootObservation
        {
            ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ServerTime = now,
            Uid = Uid,
            Generation = Generation,
            ObservedGeneration = ObservedGeneration,
            IpFamilies = Families,
            Provider = Provider,
            NetworkingType = "calico",
            Overlay = Overlay,
            Workerless = Workerless,
            HibernationEnabled = Hibernated,
            Hibernated = Hibernated || WakesUp,
            Confined = Confined,
            GardenerVersion = GardenerVersion,
            LastOperation = new RunObservation("Reconcile", State, State == "Processing" ? 40 : 100, RunEndedAt),
            ErrorCodes = State == "Failed" && FailNextRunWith is { Length: > 0 } code ? [code] : [],
            NodeRanges = ranges,
            PodRanges = ranges,
            ServiceRanges = ranges,
            NodesConstraint = Nc is null ? null : new ConstraintObservation("DualStackNodesMigrationReady", Nc),
            DnsConstraint = Dc is null ? null : new ConstraintObservation("DNSServiceMigrationReady", Dc),
            PendingOperation = Operation,
            IntentId = Intent,
            Marked = Marked,
            PendingRollouts = [.. pending],
            PendingRolloutCount = pending.Count,
            NewestRolloutAt = pending.Count == 0 ? null : pending[^1].InitiatedAt,
            PoolCount = Pools.Count,
            Pools = [.. Pools.Take(ShootObservation.ListLimit)],
            MultiZonePoolCount = MultiZonePools,
            Rotations = Rotation is null ? [] : [new RotationObservation("certificateAuthorities", Rotation)],
            WorkersHash = "workers",
            ConditionsNotTrue = Unwell || now < healthyAt ? [new ConstraintObservation("SystemComponentsHealthy", "Progressing")] : [],
        };
    }

    public NodeObservation Count(DateTimeOffset now, IReadOnlyList<string> asked)
    {
        lock (gate)
        {
            if (!NodesReadable)
            {
                return new NodeObservation { Readable = false, WhyNot = "the API is out of reach", At = now };
            }

            var pools = nodes.GroupBy(node => node.Pool)
                .Select(pool => new PoolObservation(pool.Key, pool.Count(), pool.Count(node => node.Dual), pool.Count()))
                .OrderByDescending(pool => asked.Contains(pool.Pool))
                .ThenBy(pool => pool.Done == pool.Total)
                .ThenBy(pool => pool.Pool, StringComparer.Ordinal).ToList();
            var coreDnsDual = coreDnsDualAt <= now;
            return new NodeObservation
            {
                Readable = true,
                At = now,
                Total = nodes.Count,
                Done = nodes.Count(node => node.Dual),
                PoolCount = pools.Count,
                PoolsDone = pools.Count(pool => pool.Done == pool.Total),
                Pools = [.. pools.Take(NodeObservation.ListLimit)],
                SingleStackNodes = [.. nodes.Where(node => !node.Dual).Select(node => node.Name).Take(20)],
                NewestNodeAt = nodes.Count == 0 ? null : nodes.Max(node => node.CreatedAt),
                CoreDnsPods = 2,
                CoreDnsPodsDual = coreDnsDual ? 2 : 0,
                KubeDnsAddresses = KubeDnsDual ? 2 : 1,
            };
        }
    }
}
