using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class PreflightRulesTests
{
    private static readonly ShootKey Shoot = new("g", "garden-test", "shop");
    private static readonly ShootObservation Good = Observations.SingleStack();

    public static TheoryData<string, ShootObservation, RolloutMode, BlockedCode?> Blocks { get; } = new()
    {
        { "good", Good, RolloutMode.OnApproval, null },
        { "overlay on", Good with { Overlay = OverlaySetting.On }, RolloutMode.Manual, BlockedCode.OverlayNetwork },
        { "overlay not stated", Good with { Overlay = OverlaySetting.NotStated }, RolloutMode.Manual, BlockedCode.OverlayNetwork },
        { "hibernated", Good with { HibernationEnabled = true, Hibernated = true }, RolloutMode.Manual, BlockedCode.Hibernated },
        { "failed", Good.Running("Failed"), RolloutMode.Manual, BlockedCode.ShootFailed },
        { "azure", Good with { Provider = "azure" }, RolloutMode.Manual, BlockedCode.UnsupportedProvider },
        { "openstack", Good with { Provider = "openstack" }, RolloutMode.Manual, BlockedCode.UnsupportedProvider },
        { "too old", Good with { GardenerVersion = "v1.117.9" }, RolloutMode.Manual, BlockedCode.GardenerTooOld },
        { "just new enough", Good with { GardenerVersion = "v1.118.0" }, RolloutMode.Manual, null },
        { "too old to roll", Good with { GardenerVersion = "v1.131.0" }, RolloutMode.OnApproval, BlockedCode.GardenerTooOld },
        { "old enough to roll by hand", Good with { GardenerVersion = "v1.131.0" }, RolloutMode.Manual, null },
        { "in place, on approval", Good with { InPlacePools = ["a"], InPlacePoolCount = 1 }, RolloutMode.OnApproval, BlockedCode.InPlacePools },
        { "in place, by hand", Good with { InPlacePools = ["a"], InPlacePoolCount = 1 }, RolloutMode.Manual, null },
        { "zones, on approval, 1.132.4", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.132.4" }, RolloutMode.OnApproval, BlockedCode.GardenerTooOld },
        { "zones, on approval, 1.133.3", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.133.3" }, RolloutMode.OnApproval, BlockedCode.GardenerTooOld },
        { "zones, on approval, 1.134.2", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.134.2" }, RolloutMode.OnApproval, BlockedCode.GardenerTooOld },
        { "zones, on approval, 1.132.5", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.132.5" }, RolloutMode.OnApproval, null },
        { "zones, on approval, 1.133.4", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.133.4" }, RolloutMode.OnApproval, null },
        { "zones, on approval, 1.134.3", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.134.3" }, RolloutMode.OnApproval, null },
        { "zones, on approval, 1.135.0", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.135.0" }, RolloutMode.OnApproval, null },
        { "zones, by hand, 1.132.0", Good with { MultiZonePoolCount = 1, GardenerVersion = "v1.132.0" }, RolloutMode.Manual, null },
        { "one zone a pool, on approval, 1.132.0", Good with { GardenerVersion = "v1.132.0" }, RolloutMode.OnApproval, null },
        { "rotation being prepared", Good with { Rotations = [new RotationObservation("certificateAuthorities", "Preparing")] }, RolloutMode.Manual, BlockedCode.RotatingCredentials },
        { "rotation being prepared, nodes later", Good with { Rotations = [new RotationObservation("serviceAccountKey", "PreparingWithoutWorkersRollout")] }, RolloutMode.Manual, BlockedCode.RotatingCredentials },
        { "rotation being completed", Good with { Rotations = [new RotationObservation("etcdEncryptionKey", "Completing")] }, RolloutMode.OnApproval, BlockedCode.RotatingCredentials },
        { "rotation waits for nodes", Good with { Rotations = [new RotationObservation("certificateAuthorities", "WaitingForWorkersRollout")] }, RolloutMode.Manual, null },
        { "adopted in a rotation", Observations.Dual("Progressing") with { Rotations = [new RotationObservation("certificateAuthorities", "Preparing")] }, RolloutMode.Manual, null },
        { "pools being updated in place", Good with { InPlacePools = ["a"], InPlacePoolCount = 1, InPlaceUpdateCount = 1 }, RolloutMode.Manual, BlockedCode.UpdatingInPlace },
        { "way back", Good with { NodesConstraint = new ConstraintObservation("DualStackNodesMigrationReady", "True") }, RolloutMode.Manual, BlockedCode.WayBackInProgress },
        { "ignored", Good with { Ignored = true }, RolloutMode.Manual, BlockedCode.Ignored },
        { "adopted with overlay", Observations.Dual("Progressing") with { Overlay = OverlaySetting.On }, RolloutMode.Manual, null },
    };

    public static TheoryData<string, ShootObservation> Passing { get; } = new()
    {
        { "waking up", Good with { Hibernated = true } },
        { "moving", Good with { SeedName = "x", StatusSeedName = "y" } },
        { "restoring", Good with { LastOperation = new RunObservation("Restore", "Processing", 10, null) } },
        { "never ran", Good with { LastOperation = null } },
        { "being created", Good with { LastOperation = new RunObservation("Create", "Processing", 10, null) } },
    };

    /// <summary>A shoot that is done, in the middle of a periodic run.</summary>
    public static TheoryData<string, ShootObservation, NodeObservation, bool> PeriodicRuns { get; } = new()
    {
        { "no constraint", Observations.Dual().Running(), Observations.Nodes(2, 2, 2, 2), true },
        { "1.133, flap", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.133.0" }, Observations.Nodes(2, 2, 2, 2), true },
        { "1.133, flap, kube-dns not done", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.133.0" }, Observations.Nodes(2, 2, 2), false },
        { "1.134, DNS under way", Observations.Dual(dns: "Progressing").Running() with { GardenerVersion = "v1.134.0" }, Observations.Nodes(2, 2, 2, 2), false },
        { "node missing", Observations.Dual().Running(), Observations.Nodes(1, 2, 2, 2), false },
        { "CoreDNS missing", Observations.Dual().Running(), Observations.Nodes(2, 2, 1, 2), false },
        { "nobody can look", Observations.Dual().Running(), Observations.Unreadable(), false },
        { "families patched just now", Observations.Dual().Running() with { Generation = 4 }, Observations.Nodes(2, 2, 2, 2), false },
    };

    [Theory]
    [MemberData(nameof(PeriodicRuns))]
    public void PreflightRules_DoneShootInAPeriodicRun_IsNotTouched(string name, ShootObservation observation, NodeObservation nodes, bool isDone)
    {
        Assert.NotEmpty(name);
        var verdict = PreflightRules.Judge(Shoot, new PreflightReport(observation, null, nodes), RolloutMode.Manual);

        Assert.Equal(isDone, verdict.Ending is { Outcome: MigrationOutcome.NotApplicable });
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void PreflightRules_Shoot_BlocksWithReasonAndRemedy(string name, ShootObservation observation, RolloutMode mode, BlockedCode? expected)
    {
        Assert.NotEmpty(name);
        var verdict = PreflightRules.Judge(Shoot, new PreflightReport(observation, null, Observations.Nodes(0, 2)), mode);

        Assert.Null(verdict.Ending);
        Assert.Equal(expected, verdict.Blocked?.Code);
        Assert.Equal(expected is null, verdict.Passes);
        if (verdict.Blocked is { } blocked)
        {
            Assert.Contains("garden-test/shop", blocked.NextCommand, StringComparison.Ordinal);
            Assert.EndsWith(".", blocked.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public void PreflightRules_WhatPassesByItself_IsWaitedForAndNeedsNobody(string name, ShootObservation observation)
    {
        Assert.NotEmpty(name);
        var verdict = PreflightRules.Judge(Shoot, new PreflightReport(observation, null, Observations.Unreadable()), RolloutMode.Manual);

        Assert.Equal((null, null, false), (verdict.Ending, verdict.Blocked, verdict.Passes));
        Assert.EndsWith(".", verdict.Unready, StringComparison.Ordinal);
        Assert.Equal(verdict.Unready, Unrest.Of(observation, null));
    }

    [Fact]
    public void PreflightRules_Ipv6Only_IsTheGardensToDecide()
    {
        var observation = Good with { IpFamilies = ["IPv6"], Overlay = OverlaySetting.NotStated };

        var refused = PreflightRules.Judge(Shoot, new PreflightReport(observation, "spec.networking.ipFamilies: Unsupported value", Observations.Nodes(0, 2)), RolloutMode.Manual);
        var accepted = PreflightRules.Judge(Shoot, new PreflightReport(observation, null, Observations.Nodes(0, 2)), RolloutMode.Manual);

        Assert.Equal(BlockedCode.RefusedByGardener, refused.Blocked?.Code);
        Assert.Equal("spec.networking.ipFamilies: Unsupported value", refused.Blocked?.Evidence);
        Assert.True(accepted.Passes);
    }

    [Fact]
    public void PreflightRules_NothingToMigrate_NotApplicable()
    {
        PreflightReport[] reports =
        [
            new(Good with { Deleting = true }, null, Observations.Nodes(0, 2)),
            new(Good with { Workerless = true, NetworkingType = null }, null, Observations.Unreadable()),
            new(Observations.Dual(), null, Observations.Nodes(2, 2, 2, 2)),
            new(Observations.Dual(), null, Observations.Unreadable()),
        ];

        Assert.All(
            reports,
            report => Assert.Equal(MigrationOutcome.NotApplicable, PreflightRules.Judge(Shoot, report, RolloutMode.Manual).Ending?.Outcome));
    }

    [Fact]
    public void PreflightRules_DualButNodesAreNot_IsMigrated() =>
        Assert.True(PreflightRules.Judge(Shoot, new PreflightReport(Observations.Dual("Progressing"), null, Observations.Nodes(1, 2)), RolloutMode.Manual).Passes);
}
