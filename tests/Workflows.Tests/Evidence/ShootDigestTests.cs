using Dualstack.Workflows.Evidence;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Evidence;

public sealed class ShootDigestTests
{
    private static readonly ShootObservation Base = Observations.Dual("Progressing");

    public static TheoryData<string, ShootObservation> Told { get; } = new()
    {
        { "families", Base with { IpFamilies = ["IPv4"] } },
        { "overlay", Base with { Overlay = OverlaySetting.On } },
        { "workers", Base with { WorkersHash = "other" } },
        { "hibernation wish", Base with { HibernationEnabled = true } },
        { "hibernation fact", Base with { Hibernated = true } },
        { "deletion", Base with { Deleting = true } },
        { "seed", Base with { SeedName = "other" } },
        { "gardener version", Base with { GardenerVersion = "v1.150.0" } },
        { "operation", Base with { PendingOperation = "reconcile" } },
        { "pending rollouts", Base with { PendingRolloutCount = 1, PendingRollouts = [new PendingRolloutObservation("a", null)] } },
        { "nodes constraint", Observations.Dual("True") },
        { "dns constraint", Base with { DnsConstraint = new ConstraintObservation("DNSServiceMigrationReady", "Progressing") } },
        { "node ranges", Base with { NodeRanges = 1 } },
        { "a later run succeeded", Base with { ObservedGeneration = 4 } },
        { "the run failed", Base.Running("Failed") },
    };

    public static TheoryData<string, ShootObservation> NotTold { get; } = new()
    {
        { "progress", Base with { LastOperation = new RunObservation("Reconcile", "Processing", 77, DateTimeOffset.UtcNow, "doing this and that") } },
        { "error", Base.Running("Error") with { ObservedGeneration = 4 } },
        { "begin of a run", Base.Running() with { ObservedGeneration = 4 } },
        { "times", Base with { ServerTime = DateTimeOffset.UtcNow, RetryCycleStartTime = DateTimeOffset.UtcNow } },
        { "version of the object", Base with { ResourceVersion = "8" } },
        { "health", Base with { ConditionsNotTrue = [new ConstraintObservation("EveryNodeReady", "Progressing")] } },
        { "our intent", Base with { IntentId = "i", Marked = true } },
        { "since when a constraint stands", Base with { NodesConstraint = Base.NodesConstraint! with { Since = DateTimeOffset.UtcNow, Reason = "other" } } },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void ShootDigest_WhatMatters_Changes(string name, ShootObservation changed)
    {
        Assert.NotEmpty(name);
        var before = ShootDigest.Of(Base, null);
        Assert.NotEqual(before.Value, ShootDigest.Of(changed, before).Value);
    }

    [Theory]
    [MemberData(nameof(NotTold))]
    public void ShootDigest_WhatDoesNot_Stays(string name, ShootObservation changed)
    {
        Assert.NotEmpty(name);
        var before = ShootDigest.Of(Base, null);
        Assert.Equal(before.Value, ShootDigest.Of(changed, before).Value);
    }

    [Property]
    public bool ShootDigest_AnyWayThroughARun_TellsItsEndOnce(byte[] progress)
    {
        var digest = ShootDigest.Of(Base, null);
        var changes = 0;
        foreach (var percent in progress)
        {
            var next = ShootDigest.Of(
                Base with { ObservedGeneration = 4, LastOperation = new RunObservation("Reconcile", percent % 2 == 0 ? "Processing" : "Error", percent % 100, null) }, digest);
            changes += next.Value == digest.Value ? 0 : 1;
            digest = next;
        }

        var end = ShootDigest.Of(Base with { ObservedGeneration = 4 }, digest);
        return changes == 0 && end.Value != digest.Value;
    }
}
