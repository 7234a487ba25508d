using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>
/// Decides from evidence where a migration stands. What is remembered only tells apart what one look cannot: whether Gardener is
/// before or behind what it has not yet said, or no longer says.
/// </summary>
public static class StageDecision
{
    private static readonly HashSet<string> ReportingNetworks = new(StringComparer.Ordinal) { "calico", "cilium" };

    /// <summary>Decides on the stage.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="nodes">The nodes; null if nobody has looked.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>The stage.</returns>
    public static MigrationStage Of(ShootObservation observation, NodeObservation? nodes, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(state);
        if (observation.IpFamilies.Count < 2)
        {
            return MigrationStage.UpdateNetworking;
        }

        var run = RunDecision.Of(observation, state.Awaited);
        return (observation with { DnsConstraint = DnsDecision.Of(observation, state) }) switch
        {
            { NodesConstraint.Status: "True" } => MigrationStage.ConfigureCni,
            { NodesConstraint: not null } when !HasDualInfrastructure(observation) => MigrationStage.ReconcileInfrastructure,
            { NodesConstraint: not null } => state.ReachedNodes || observation.PendingRolloutCount > 0 || run == RunState.Ended
                ? MigrationStage.RollNodes
                : MigrationStage.UpdateControlPlane,
            { DnsConstraint.Status: "True" } => MigrationStage.SwitchKubeDns,
            { DnsConstraint: not null } => MigrationStage.RestartCoreDns,
            _ when !HasDualInfrastructure(observation) => MigrationStage.ReconcileInfrastructure,
            _ when run != RunState.Ended => WhileRunning(state),
            _ => AfterTheLastRun(observation, nodes, state),
        };
    }

    /// <summary>Whether the infrastructure has node, pod and service ranges of two families.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>True if it has.</returns>
    public static bool HasDualInfrastructure(ShootObservation observation) =>
        observation is { NodeRanges: >= 2, PodRanges: >= 2, ServiceRanges: >= 2 };

    /// <summary>Whether Gardener tells by constraints when the cluster DNS is migrated.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>False before 1.127; true where the version is unknown.</returns>
    public static bool TellsAboutDns(ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return GardenerRelease.Parse(observation.GardenerVersion) is not { } release || release >= GardenerRelease.DnsConstraint;
    }

    /// <summary>Whether only the nodes themselves can tell, because neither constraint was ever there.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>True if nobody has looked at the nodes and the stage depends on them.</returns>
    public static bool DependsOnNodes(ShootObservation observation, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(state);
        return observation is { IpFamilies.Count: >= 2, NodesConstraint: null, DnsConstraint: null }
            && HasDualInfrastructure(observation)
            && RunDecision.Of(observation, state.Awaited) == RunState.Ended;
    }

    // A run that takes a constraint away, or has yet to bring one, is still the stage that asked for it.
    private static MigrationStage WhileRunning(MigrationState state) => state switch
    {
        { Stage: MigrationStage.Verify } => MigrationStage.Verify,
        { SeenDnsConstraint: true } => MigrationStage.SwitchKubeDns,
        { CoreDnsRunAsked: true } => MigrationStage.RestartCoreDns,
        { SeenNodesConstraint: true } => MigrationStage.ConfigureCni,
        { ReachedNodes: true } => MigrationStage.RollNodes,
        _ => MigrationStage.UpdateControlPlane,
    };

    private static MigrationStage AfterTheLastRun(ShootObservation observation, NodeObservation? nodes, MigrationState state)
    {
        var gated = state.SeenNodesConstraint || state.SeenDnsConstraint;
        if (gated && TellsAboutDns(observation))
        {
            return MigrationStage.Verify;
        }

        if (nodes is not { Readable: true })
        {
            return WithoutSight(observation, gated, state);
        }

        if (!gated && nodes.Done < nodes.Total)
        {
            return state.ControlPlaneRunAsked ? MigrationStage.RollNodes : MigrationStage.UpdateControlPlane;
        }

        return nodes switch
        {
            { CoreDnsPods: > 0 } when nodes.CoreDnsPodsDual < nodes.CoreDnsPods => MigrationStage.RestartCoreDns,
            { KubeDnsAddresses: 1 } => MigrationStage.SwitchKubeDns,
            _ => MigrationStage.Verify,
        };
    }

    private static MigrationStage WithoutSight(ShootObservation observation, bool gated, MigrationState state)
    {
        if (gated)
        {
            return state.CoreDnsRunAsked ? MigrationStage.Verify : MigrationStage.RestartCoreDns;
        }

        return state.NodesTrusted || ReportingNetworks.Contains(observation.NetworkingType ?? string.Empty)
            ? MigrationStage.Verify
            : MigrationStage.RollNodes;
    }
}
