using System.Text.Json;
using Dualstack.Activities.Observer;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Activities.Tests.Observer;

public sealed class ObservedShootsTests
{
    private readonly ObservedShoots observed = new("sim");

    [Fact]
    public void Take_RunEndsAfterNewsFromItsMiddle_TellsTheEndOnce()
    {
        Assert.True(Told("Succeeded", "True"));
        Assert.False(Told("Processing", "True"));
        Assert.True(Told("Processing", null));
        Assert.False(Told("Processing", null));
        Assert.True(Told("Succeeded", null));
        Assert.False(Told("Processing", null));
        Assert.False(Told("Succeeded", null));
    }

    [Fact]
    public void Take_WriteOfTheMigrationItself_IsNoNewsToIt()
    {
        observed.Take(ShootScope.All, new ShootChange(ShootChangeKind.ListRead, null, "1"));

        Assert.False(Told("Succeeded", null, "intent-1"));
        Assert.True(Told("Succeeded", "Progressing", "intent-1"));
        Assert.False(Told("Succeeded", "True", "intent-2"));
        Assert.True(Told("Succeeded", null, "intent-2"));
    }

    [Fact]
    public void Take_MarkedByHandWithoutAnIntent_IsTold()
    {
        observed.Take(ShootScope.All, new ShootChange(ShootChangeKind.ListRead, null, "1"));

        Assert.True(Told("Succeeded", null));
    }

    [Fact]
    public void Take_IntentSeenForTheFirstTimeAfterAResume_IsTold()
    {
        Assert.True(Told("Succeeded", null, "intent-1"));
    }

    [Fact]
    public void Take_ListedAgainAfterABreak_IsToldWhateverTheIntent()
    {
        observed.Take(ShootScope.All, new ShootChange(ShootChangeKind.ListRead, null, "1"));
        Assert.False(Told("Succeeded", null, "intent-1"));

        Assert.True(Told("Succeeded", "True", "intent-2", ShootChangeKind.Present));
    }

    private bool Told(string state, string? dnsConstraint, string? intent = null, ShootChangeKind kind = ShootChangeKind.Changed)
    {
        object[] constraints = dnsConstraint is null ? [] : [new { type = GardenNames.DnsConstraint, status = dnsConstraint }];
        Dictionary<string, string> annotations = intent is null ? [] : new() { [GardenNames.IntentAnnotation] = intent };
        var shoot = new Shoot(JsonSerializer.SerializeToElement(new
        {
            metadata = new { name = "shop", @namespace = "garden-retail", uid = "u", resourceVersion = "1", generation = 2, annotations },
            spec = new { },
            status = new { observedGeneration = 2, lastOperation = new { type = "Reconcile", state, progress = 100 }, constraints },
        }));
        observed.Take(ShootScope.All, new ShootChange(kind, shoot, string.Empty));
        return observed.Drain().News.Count > 0;
    }
}
