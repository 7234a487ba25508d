using System.Globalization;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>What blocks migrations, in sentences that say what is wrong and what to do.</summary>
/// <param name="shoot">The shoot.</param>
public sealed class BlockedReasons(ShootKey shoot)
{
    /// <summary>The pod network uses an overlay.</summary>
    /// <param name="overlay">The setting.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Overlay(OverlaySetting overlay) => Retry(
        BlockedCode.OverlayNetwork,
        "The pod network uses an overlay, which IPv6 does not go with: set spec.networking.providerConfig.overlay.enabled to false, wait for the reconcile, then retry.",
        overlay == OverlaySetting.On
            ? "spec.networking.providerConfig.overlay.enabled is true"
            : "spec.networking.providerConfig.overlay.enabled is not set, which counts as on");

    /// <summary>The provider cannot migrate.</summary>
    /// <param name="provider">The provider.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Provider(string provider) => Retry(
        BlockedCode.UnsupportedProvider,
        $"Shoots on {provider} cannot be migrated to dual-stack; it is supported on aws and gcp. Cancel the migration.",
        $"spec.provider.type is {provider}") with
    { NextCommand = $"dualstack cancel {shoot} --reason \"provider not supported\"" };

    /// <summary>The shoot sleeps.</summary>
    /// <returns>The reason.</returns>
    public BlockedReason Hibernated() => Retry(
        BlockedCode.Hibernated,
        "The shoot is hibernated, so that neither nodes nor DNS can be migrated: wake it up (spec.hibernation.enabled: false), then retry.",
        "spec.hibernation.enabled is true");

    /// <summary>Gardener gave up on the shoot.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Failed(ShootObservation observation)
    {
        var codes = observation.ErrorCodes.Count == 0 ? string.Empty : $" ({string.Join(", ", observation.ErrorCodes)})";
        return Retry(
            BlockedCode.ShootFailed,
            $"Gardener gave up on the shoot{codes}: remove the cause, then retry, which also asks Gardener to try again.",
            observation.Error ?? observation.LastOperation?.Description);
    }

    /// <summary>In-place pools cannot be rolled on request.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason InPlace(ShootObservation observation) => Retry(
        BlockedCode.InPlacePools,
        "Pools that are updated in place keep their nodes, and Gardener does not roll them on request: cancel, and migrate with --rollout Manual, deleting the nodes of these pools one by one.",
        $"updated in place: {Listed(observation.InPlacePools, observation.InPlacePoolCount)}") with
    {
        NextCommand = $"dualstack cancel {shoot} --reason \"in-place pools\"",
    };

    /// <summary>Gardener is too old.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="needed">What is needed.</param>
    /// <param name="purpose">What for.</param>
    /// <returns>The reason.</returns>
    public BlockedReason TooOld(ShootObservation observation, GardenerRelease needed, string purpose) => Retry(
        BlockedCode.GardenerTooOld,
        $"Gardener {needed} or newer is needed to {purpose}: wait for an update of the landscape, then retry.",
        $"status.gardener.version is {observation.GardenerVersion}");

    /// <summary>Gardener replaces nodes on request in one zone a pool only.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason OneZoneOnly(ShootObservation observation) => Retry(
        BlockedCode.GardenerTooOld,
        "This release of Gardener cannot replace the nodes of pools with several zones on request: wait for an update of the landscape to 1.132.5, 1.133.4, 1.134.3 or newer, then retry; or cancel, and migrate with --rollout Manual, deleting the nodes one by one.",
        $"status.gardener.version is {observation.GardenerVersion}; pools with several zones: {observation.MultiZonePoolCount}");

    /// <summary>Something has to end first.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="clause">What.</param>
    /// <param name="evidence">What shows it.</param>
    /// <returns>The reason.</returns>
    public BlockedReason UnderWay(BlockedCode code, string clause, string evidence) => Retry(
        code, $"{clause}: wait until that has ended, then retry.", evidence);

    /// <summary>Somebody goes back to one family.</summary>
    /// <returns>The reason.</returns>
    public BlockedReason WayBack() => Retry(
        BlockedCode.WayBackInProgress,
        "The shoot is on its way back to one address family: let it finish, then retry.",
        "one family in spec.networking.ipFamilies, and the constraint DualStackNodesMigrationReady is still there");

    /// <summary>Gardener refused a change.</summary>
    /// <param name="words">The server's own words.</param>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Refused(string words, ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return Retry(
            BlockedCode.RefusedByGardener,
            observation.IpFamilies is ["IPv6"]
                ? "Blocked by Gardener: this garden does not accept IPv4 as second family of an IPv6-only shoot. Cancel, or retry after an update of the garden."
                : "Blocked by Gardener: it refuses the change. Remove what it names, then retry.",
            words);
    }

    /// <summary>Somebody else's operation waits on the shoot for long.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Foreign(string operation) => Retry(
        BlockedCode.ForeignOperation,
        "Somebody else's operation waits on the shoot and is not taken; it is not overwritten. Remove the annotation gardener.cloud/operation or find out why it lies there, then retry.",
        $"gardener.cloud/operation: {operation}");

    /// <summary>Runs did not help.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="count">How many were asked for.</param>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Exhausted(MigrationStage stage, int count, ShootObservation observation) => Retry(
        BlockedCode.ReconcilesExhausted,
        $"{count} reconciles in stage {stage} did not get the shoot on: look at what Gardener says about it, then retry.",
        Evidence(observation));

    /// <summary>A rollout left nodes single-stack.</summary>
    /// <param name="nodes">The nodes; null if nobody could look.</param>
    /// <returns>The reason.</returns>
    public BlockedReason WithoutEffect(NodeObservation? nodes) => Retry(
        BlockedCode.RolloutWithoutEffect,
        nodes is { Readable: true }
            ? "The nodes were replaced and some are still single-stack; they are not replaced again by themselves. Look at the named nodes, then retry, which asks for a new approval."
            : "The rollout has ended, the nodes cannot be seen, and Gardener still waits for some. Look at the nodes, then retry, which asks for a new approval.",
        nodes is null ? null : Sentences.Missing(nodes));

    /// <summary>Nodes take too long.</summary>
    /// <param name="nodes">The nodes; null if nobody could look.</param>
    /// <returns>The reason.</returns>
    public BlockedReason NodesStuck(NodeObservation? nodes) => Retry(
        BlockedCode.NodesStuck,
        "The replacement of the nodes does not get on: look for disruption budgets that allow no eviction, missing capacity, and failing webhooks, then retry.",
        nodes is null ? null : Sentences.Missing(nodes));

    /// <summary>CoreDNS takes too long.</summary>
    /// <param name="nodes">What was seen last; null if nothing was.</param>
    /// <returns>The reason.</returns>
    public BlockedReason CoreDnsStuck(NodeObservation? nodes) => Retry(
        BlockedCode.CoreDnsStuck,
        "CoreDNS pods do not get their second address: look at the pods with label k8s-app=kube-dns in kube-system, then retry.",
        nodes is { Readable: true } ? $"{nodes.CoreDnsPodsDual} of {nodes.CoreDnsPods} CoreDNS pods have two addresses" : null);

    /// <summary>The last look found something.</summary>
    /// <param name="finding">What.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Verification(string finding) => Retry(
        BlockedCode.VerificationFailed, "The last look found something wrong: mend it, then retry.", finding);

    /// <summary>The shoot is not healthy enough to lose nodes.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Unhealthy(ShootObservation observation) => Retry(
        BlockedCode.VerificationFailed,
        "The shoot is less healthy than at the start of the migration: mend it, then retry.",
        Evidence(observation));

    /// <summary>Gardener leaves the shoot alone.</summary>
    /// <returns>The reason.</returns>
    public BlockedReason Ignored() => Retry(
        BlockedCode.Ignored,
        "Gardener is told to leave the shoot alone: remove the annotation shoot.gardener.cloud/ignore, then retry.");

    /// <summary>An activity failed for good.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="words">What it said.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Activity(BlockedCode code, string words) => Retry(
        code, "An activity failed in a way that trying again does not mend: see the evidence, then retry.", words);

    /// <summary>The garden cannot be asked, and is asked on until it can.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="words">What was said; null if nobody has done what was asked for.</param>
    /// <param name="grace">For how long it was borne, where it was.</param>
    /// <returns>The reason.</returns>
    public BlockedReason Hindered(BlockedCode code, string? words, TimeSpan grace)
    {
        const string ByItself = "; the migration goes on by itself as soon as that is done.";
        var minutes = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, grace.TotalMinutes):0} minutes");
        var sentence = (code, words) switch
        {
            (_, null) => $"No worker of garden {shoot.Garden} has done for {minutes} what it was asked for: start one, or look into its log{ByItself}",
            (BlockedCode.GardenUnreachable, _) =>
                $"Garden {shoot.Garden} has not answered for {minutes}: bring it back, or mend network and kubeconfig of its worker{ByItself}",
            (BlockedCode.RightsMissing or BlockedCode.WrongGarden, _) => $"{words.TrimEnd('.')}{ByItself}",
            _ => $"What a worker of garden {shoot.Garden} was asked for has failed for {minutes}: see the evidence and its log{ByItself}",
        };
        return new BlockedReason(code, sentence, Commands.Doctor(), words);
    }

    private static string Evidence(ShootObservation observation) => Sentences.Observation(observation);

    private static string Listed(IReadOnlyList<string> names, int count) =>
        names.Count == count ? string.Join(", ", names) : $"{string.Join(", ", names)} and {count - names.Count} more";

    private BlockedReason Retry(BlockedCode code, string sentence, string? evidence = null) =>
        new(code, sentence, Commands.Retry(shoot), evidence);
}
