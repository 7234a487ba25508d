using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>What may be seen and remembered together, likely or not.</summary>
public sealed record AnyEvidence(ShootObservation Observation, NodeObservation? Nodes, MigrationState State)
{
    public override string ToString() =>
        $"{Workflows.Decisions.Sentences.Observation(Observation)} · {Observation.GardenerVersion} · {Observation.NetworkingType} · nodes "
        + $"{(Nodes is null ? "not looked at" : Nodes.Readable ? $"{Nodes.Done}/{Nodes.Total}, CoreDNS {Nodes.CoreDnsPodsDual}/{Nodes.CoreDnsPods}, kube-dns {Nodes.KubeDnsAddresses}" : "unreadable")}"
        + $" · {State.Stage}, seen {State.SeenDual} {State.SeenNodesConstraint} {State.SeenDnsConstraint} {State.ReachedNodes} {State.NodesTrusted} {State.Awaited}";
}
