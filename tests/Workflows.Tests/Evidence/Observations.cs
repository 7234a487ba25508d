using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Tests.Evidence;

/// <summary>Observations to begin tables with.</summary>
internal static class Observations
{
    public static ShootObservation SingleStack() => new()
    {
        ResourceVersion = "7",
        Uid = "u",
        Generation = 3,
        ObservedGeneration = 3,
        IpFamilies = ["IPv4"],
        Provider = "aws",
        NetworkingType = "calico",
        Overlay = OverlaySetting.Off,
        GardenerVersion = "v1.149.3",
        LastOperation = new RunObservation("Reconcile", "Succeeded", 100, DateTimeOffset.UnixEpoch),
        NodeRanges = 1,
        PodRanges = 1,
        ServiceRanges = 1,
        PoolCount = 2,
        Pools = ["a", "b"],
    };

    public static ShootObservation Dual(string? nodes = null, string? dns = null) => SingleStack() with
    {
        IpFamilies = ["IPv4", "IPv6"],
        NodeRanges = 2,
        PodRanges = 2,
        ServiceRanges = 2,
        NodesConstraint = nodes is null ? null : new ConstraintObservation("DualStackNodesMigrationReady", nodes),
        DnsConstraint = dns is null ? null : new ConstraintObservation("DNSServiceMigrationReady", dns),
    };

    public static ShootObservation Running(this ShootObservation observation, string state = "Processing") => observation with
    {
        LastOperation = new RunObservation("Reconcile", state, 40, DateTimeOffset.UnixEpoch),
    };

    public static NodeObservation Nodes(int done, int total, int coreDnsDual = 0, int kubeDns = 1) => new()
    {
        Readable = true,
        Total = total,
        Done = done,
        PoolCount = total == 0 ? 0 : 1,
        PoolsDone = done == total && total > 0 ? 1 : 0,
        Pools = total == 0 ? [] : [new PoolObservation("a", total, done, total)],
        CoreDnsPods = 2,
        CoreDnsPodsDual = coreDnsDual,
        KubeDnsAddresses = kubeDns,
    };

    public static NodeObservation Unreadable() => new() { Readable = false, WhyNot = "no route" };
}
