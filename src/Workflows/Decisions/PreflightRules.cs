using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>Decides before the first write whether a shoot can be migrated.</summary>
public static class PreflightRules
{
    private static readonly HashSet<string> SupportedProviders = new(StringComparer.Ordinal) { "aws", "gcp" };

    /// <summary>Decides from the preflight's report.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="mode">Who replaces the nodes.</param>
    /// <param name="hasWritten">Whether Gardener was asked for anything before, as to try again what had failed.</param>
    /// <returns>The verdict.</returns>
    public static PreflightVerdict Judge(ShootKey shoot, PreflightReport report, RolloutMode mode, bool hasWritten = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        var observation = report.Observation;
        var reasons = new BlockedReasons(shoot);
        return observation switch
        {
            { Deleting: true } => NotApplicable("The shoot is being deleted"),
            { Workerless: true } => NotApplicable("The shoot has no workers, so there are no nodes to migrate"),
            _ when IsDone(report) => NotApplicable(
                report.Nodes.Readable
                    ? "The shoot is dual-stack already"
                    : "The shoot is dual-stack already as far as the garden shows (its nodes cannot be seen)"),
            _ when Unrest.BeforeAnyRun(observation) is { } unready => new PreflightVerdict(null, null, unready),
            _ => new PreflightVerdict(null, Obstacle(reasons, observation, mode) ?? Refusal(reasons, report)),
        };

        PreflightVerdict NotApplicable(string clause) => new(
            new MigrationEnding(MigrationOutcome.NotApplicable, $"{clause}{(hasWritten ? string.Empty : "; nothing was written")}."), null);
    }

    private static bool IsDone(PreflightReport report)
    {
        var (observation, nodes) = (report.Observation, report.Nodes);
        return observation is { IpFamilies.Count: >= 2, LastOperation.State: "Succeeded" }
            ? StageDecision.Of(observation, nodes, new MigrationState()) == MigrationStage.Verify
            : observation is { IpFamilies.Count: >= 2, NodesConstraint: null, LastOperation.State: "Processing" or "Error" } && ShowsItself(observation, nodes);
    }

    // In the middle of a periodic run the garden does not tell, but the shoot may.
    private static bool ShowsItself(ShootObservation observation, NodeObservation nodes) =>
        DnsDecision.Of(observation, new MigrationState()) is null
        && observation.ObservedGeneration >= observation.Generation
        && StageDecision.HasDualInfrastructure(observation)
        && nodes is { CoreDnsPods: > 0, KubeDnsAddresses: >= 2 } && nodes.AllDual() && nodes.CoreDnsDual();

    private static BlockedReason? Obstacle(BlockedReasons reasons, ShootObservation observation, RolloutMode mode)
    {
        var release = GardenerRelease.Parse(observation.GardenerVersion);
        return observation switch
        {
            { HibernationEnabled: true } => reasons.Hibernated(),
            _ when RunDecision.Of(observation, null) == RunState.Failed => reasons.Failed(observation),
            { Ignored: true } => reasons.Ignored(),
            _ when release < GardenerRelease.Migration => reasons.TooOld(observation, GardenerRelease.Migration, "migrate shoots"),
            _ when mode != RolloutMode.Manual && release < GardenerRelease.RolloutOperation =>
                reasons.TooOld(observation, GardenerRelease.RolloutOperation, "replace nodes on request"),
            _ when mode != RolloutMode.Manual && Obstacles.RollsOneZoneOnly(observation) => reasons.OneZoneOnly(observation),
            { InPlacePoolCount: > 0 } when mode != RolloutMode.Manual => reasons.InPlace(observation),
            { IpFamilies.Count: 1, NodesConstraint: not null } => reasons.WayBack(),
            // What an IPv6-only shoot needs for IPv4 is the garden's to say.
            { IpFamilies: ["IPv4"] } when !SupportedProviders.Contains(observation.Provider) => reasons.Provider(observation.Provider),
            { IpFamilies: ["IPv4"], Overlay: not OverlaySetting.Off } => reasons.Overlay(observation.Overlay),
            // Where somebody has begun already, a rotation may be what replaces the nodes.
            { IpFamilies.Count: 1 } when Obstacles.UnderWay(observation) is var (code, clause, evidence) => reasons.UnderWay(code, clause, evidence),
            _ => null,
        };
    }

    private static BlockedReason? Refusal(BlockedReasons reasons, PreflightReport report) =>
        report.Refusal is { } words && report.Observation.IpFamilies.Count < 2 ? reasons.Refused(words, report.Observation) : null;
}
