using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Writes;
using FsCheck;
using FsCheck.Fluent;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>Generates evidence field by field, so that combinations come up that nobody thought of.</summary>
public static class EvidenceArbitraries
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<bool> Flag = Gen.Elements(true, false);

    private static readonly Gen<ConstraintObservation?> Constraint = Gen.Frequency(
        (2, Gen.Constant<ConstraintObservation?>(null)),
        (3, Gen.Elements("True", "Progressing", "False", "Unknown").Select(status => (ConstraintObservation?)new ConstraintObservation("constraint", status))));

    private static readonly Gen<RunObservation?> Run =
        from state in Gen.Elements("Succeeded", "Succeeded", "Processing", "Error", "Failed", "Pending")
        from type in Gen.Elements("Reconcile", "Reconcile", "Reconcile", "Create", "Restore", "Migrate")
        from minutes in Gen.Choose(-5, 5)
        select (RunObservation?)new RunObservation(type, state, state == "Succeeded" ? 100 : 40, Noon.AddMinutes(minutes));

    private static readonly Gen<ShootObservation> Observation =
        from families in Gen.Elements<IReadOnlyList<string>>(["IPv4"], ["IPv4", "IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"])
        from version in Gen.Elements<string?>("v1.149.3", "v1.134.0", "v1.133.1", "v1.132.5", "v1.128.0", "v1.126.0", "v1.120.1", null)
        from network in Gen.Elements<string?>("calico", "cilium", "other", null)
        from nodes in Constraint
        from dns in Constraint
        from ranges in Gen.Choose(1, 2).ArrayOf(3)
        from observed in Gen.Choose(1, 5)
        from ahead in Gen.Elements(0, 0, 0, 1)
        from run in Run
        from pending in Gen.Elements(0, 0, 1, 2)
        from operation in Gen.Elements<string?>(null, null, "rollout-workers=*", "reconcile", "rotate-ca-start")
        from resourceVersion in Gen.Choose(1, 50)
        select Observations.SingleStack() with
        {
            ResourceVersion = $"{resourceVersion}",
            IpFamilies = families,
            GardenerVersion = version,
            NetworkingType = network,
            NodesConstraint = nodes,
            DnsConstraint = dns,
            NodeRanges = ranges[0],
            PodRanges = ranges[1],
            ServiceRanges = ranges[2],
            ObservedGeneration = observed,
            Generation = observed + ahead,
            LastOperation = run,
            PendingRolloutCount = pending,
            PendingOperation = operation,
            ServerTime = Noon,
        };

    private static readonly Gen<NodeObservation?> Nodes = Gen.Frequency(
        (1, Gen.Constant<NodeObservation?>(null)),
        (1, Gen.Constant<NodeObservation?>(Observations.Unreadable())),
        (4, from total in Gen.Choose(0, 4)
            from done in Gen.Choose(0, total)
            from coreDns in Gen.Choose(0, 2)
            from kubeDns in Gen.Choose(0, 2)
            from age in Gen.Elements(-60, -1, 1)
            select (NodeObservation?)(Observations.Nodes(done, total, coreDns, kubeDns) with { NewestNodeAt = total == 0 ? null : Noon.AddMinutes(age) })));

    private static readonly Gen<AwaitedRun?> Awaited = Gen.Frequency(
        (1, Gen.Constant<AwaitedRun?>(null)),
        (2, from kind in Gen.Elements(WriteKind.IpFamilies, WriteKind.CniRun, WriteKind.Rollout)
            from before in Gen.Choose(1, 5)
            from moved in Gen.Elements(0, 1)
            select (AwaitedRun?)new AwaitedRun("intent-0", kind, before, before + moved, Noon, null)));

    private static readonly Gen<MigrationState> State =
        from stage in Gen.Elements(Enum.GetValues<MigrationStage>())
        from flags in Flag.ArrayOf(6)
        from awaited in Awaited
        select new MigrationState
        {
            Uid = "u",
            PreflightPassed = true,
            Stage = stage,
            SeenDual = flags[0],
            SeenNodesConstraint = flags[1],
            SeenDnsConstraint = flags[2],
            ReachedNodes = flags[3],
            NodesTrusted = flags[4],
            ControlPlaneRunAsked = flags[5],
            Awaited = awaited,
        };

    public static Arbitrary<AnyEvidence> Evidence() => (
        from observation in Observation
        from nodes in Nodes
        from state in State
        select new AnyEvidence(observation, nodes, state)).ToArbitrary();

    public static Arbitrary<RolloutReceipt> Receipt() => (
        from step in Gen.Elements(Enum.GetValues<RolloutStep>())
        from generation in Gen.Choose(1, 6)
        from pools in Gen.Elements<IReadOnlyList<string>>([], ["a"], ["b"])
        select new RolloutReceipt("intent-1", step, Noon, generation)
        {
            Pools = pools,
            Operation = pools.Count == 0 ? "rollout-workers=*" : $"rollout-workers={pools[0]}",
        }).ToArbitrary();

    public static Arbitrary<WriteKind> Kind() => Gen.Elements(Enum.GetValues<WriteKind>()).ToArbitrary();
}
