using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class StageDecisionTests
{
    private static readonly MigrationState Fresh = new();
    private static readonly MigrationState Gated = new() { SeenNodesConstraint = true, ReachedNodes = true };

    public static TheoryData<string, ShootObservation, NodeObservation?, MigrationState, MigrationStage> Table { get; } = new()
    {
        { "one family", Observations.SingleStack(), null, Fresh, MigrationStage.UpdateNetworking },
        { "patched, run 1 not begun", Observations.Dual() with { NodeRanges = 1, PodRanges = 1, ServiceRanges = 1, Generation = 4 }, null, Fresh, MigrationStage.ReconcileInfrastructure },
        { "constraint there, infrastructure not", Observations.Dual("Progressing") with { NodeRanges = 1 }, null, Fresh, MigrationStage.ReconcileInfrastructure },
        { "infrastructure dual, run 1 goes on", Observations.Dual("Progressing").Running(), null, Fresh, MigrationStage.UpdateControlPlane },
        { "run 1 ended", Observations.Dual("Progressing"), null, Fresh, MigrationStage.RollNodes },
        { "old spelling of Progressing", Observations.Dual("False"), null, Fresh, MigrationStage.RollNodes },
        { "a roll goes on, adopted", Observations.Dual("Progressing").Running() with { PendingRolloutCount = 1 }, null, Fresh, MigrationStage.RollNodes },
        { "a roll goes on in Error", Observations.Dual("Progressing").Running("Error"), null, Gated, MigrationStage.RollNodes },
        { "nodes done", Observations.Dual("True"), null, Gated, MigrationStage.ConfigureCni },
        { "nodes done, run goes on", Observations.Dual("True").Running(), null, Gated, MigrationStage.ConfigureCni },
        { "constraint gone, run goes on", Observations.Dual().Running(), null, Gated, MigrationStage.ConfigureCni },
        { "DNS waits", Observations.Dual(dns: "Progressing"), null, Gated, MigrationStage.RestartCoreDns },
        { "DNS ready", Observations.Dual(dns: "True"), null, Gated, MigrationStage.SwitchKubeDns },
        { "DNS done, run goes on", Observations.Dual().Running(), null, Gated with { SeenDnsConstraint = true }, MigrationStage.SwitchKubeDns },
        { "all done", Observations.Dual(), null, Gated with { SeenDnsConstraint = true }, MigrationStage.Verify },
        { "DNS constraint never seen between two looks", Observations.Dual(), null, Gated, MigrationStage.Verify },
        { "1.131, DNS waits in a run", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.131.4" }, null, Gated, MigrationStage.RestartCoreDns },
        { "1.132, flap in a run after the end", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.132.5" }, null, Gated with { Stage = MigrationStage.Verify }, MigrationStage.Verify },
        { "1.133, flap in a run in Error", Observations.Dual(dns: "Progressing").Running("Error") with { GardenerVersion = "v1.133.0" }, null, Gated with { Stage = MigrationStage.Verify }, MigrationStage.Verify },
        { "1.133, flap before the first look at the nodes", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.133.0" }, null, Fresh, MigrationStage.UpdateControlPlane },
        { "1.133, DNS waits at rest", Observations.Dual(dns: "Progressing") with { GardenerVersion = "v1.133.0" }, null, Gated, MigrationStage.RestartCoreDns },
        { "1.133, DNS waited at rest before this run", Observations.Dual(dns: "True").Running() with { GardenerVersion = "v1.133.0" }, null, Gated with { DnsAtRest = new ConstraintObservation("DNSServiceMigrationReady", "Progressing"), SeenDnsConstraint = true }, MigrationStage.RestartCoreDns },
        { "1.133, nodes still waited for", Observations.Dual("Progressing", "Progressing").Running() with { GardenerVersion = "v1.133.0" }, null, Gated, MigrationStage.RollNodes },
        { "1.134, DNS waits in a run", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.134.0" }, null, Gated, MigrationStage.RestartCoreDns },
        { "dual since long", Observations.Dual(), Observations.Nodes(3, 3, 2, 2), Fresh, MigrationStage.Verify },
        { "absence before run 1 began is not done", Observations.Dual() with { Generation = 4 }, Observations.Nodes(3, 3, 2, 2), Fresh, MigrationStage.UpdateControlPlane },
        { "network reports nothing, nodes single", Observations.Dual(), Observations.Nodes(0, 3), Fresh, MigrationStage.UpdateControlPlane },
        { "network reports nothing, asked once", Observations.Dual(), Observations.Nodes(0, 3), Fresh with { ControlPlaneRunAsked = true }, MigrationStage.RollNodes },
        { "network reports nothing, CoreDNS single", Observations.Dual(), Observations.Nodes(3, 3), Fresh, MigrationStage.RestartCoreDns },
        { "network reports nothing, kube-dns single", Observations.Dual(), Observations.Nodes(3, 3, 2), Fresh, MigrationStage.SwitchKubeDns },
        { "unseen, network reports", Observations.Dual(), Observations.Unreadable(), Fresh, MigrationStage.Verify },
        { "unseen, other network", Observations.Dual() with { NetworkingType = "other" }, Observations.Unreadable(), Fresh, MigrationStage.RollNodes },
        { "unseen, other network, on trust", Observations.Dual() with { NetworkingType = "other" }, Observations.Unreadable(), Fresh with { NodesTrusted = true }, MigrationStage.Verify },
        { "1.126, CoreDNS single", Observations.Dual() with { GardenerVersion = "v1.126.0" }, Observations.Nodes(3, 3, 0, 2), Gated, MigrationStage.RestartCoreDns },
        { "1.126, CoreDNS dual", Observations.Dual() with { GardenerVersion = "v1.126.0" }, Observations.Nodes(3, 3, 2, 2), Gated, MigrationStage.Verify },
        { "1.126, unseen", Observations.Dual() with { GardenerVersion = "v1.126.0" }, Observations.Unreadable(), Gated, MigrationStage.RestartCoreDns },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void StageDecision_Evidence_GivesTheStage(
        string name, ShootObservation observation, NodeObservation? nodes, MigrationState state, MigrationStage expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, StageDecision.Of(observation, nodes, state));
    }
}
