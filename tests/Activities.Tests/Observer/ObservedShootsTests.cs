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

    private bool Told(string state, string? dnsConstraint)
    {
        object[] constraints = dnsConstraint is null ? [] : [new { type = GardenNames.DnsConstraint, status = dnsConstraint }];
        var shoot = new Shoot(JsonSerializer.SerializeToElement(new
        {
            metadata = new { name = "shop", @namespace = "garden-retail", uid = "u", resourceVersion = "1", generation = 2 },
            spec = new { },
            status = new { observedGeneration = 2, lastOperation = new { type = "Reconcile", state, progress = 100 }, constraints },
        }));
        observed.Take(ShootScope.All, new ShootChange(ShootChangeKind.Changed, shoot, string.Empty));
        return observed.Drain().News.Count > 0;
    }
}
