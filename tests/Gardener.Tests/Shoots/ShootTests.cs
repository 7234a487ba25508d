using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Tests.Shoots;

public class ShootTests
{
    [Fact]
    public void Shoot_AsTheGardenReturnsIt_ReadsWhatAMigrationLooksAt()
    {
        var shoot = SampleShoot.With();

        Assert.Equal(new ShootKey("garden-retail", "shop"), shoot.Key);
        Assert.Equal(("u-1", "42", 4L, 4L), (shoot.Uid, shoot.ResourceVersion, shoot.Generation, shoot.ObservedGeneration));
        Assert.Equal(["IPv4"], shoot.IpFamilies);
        Assert.Equal(["deployInfrastructure", "restartCoreAddons"], shoot.Tasks);
        Assert.Equal(["sys", "load", "metal"], shoot.Workers.Select(worker => worker.Name));
        Assert.Equal([false, false, true], shoot.Workers.Select(worker => worker.IsInPlace));
        Assert.Equal("my-live-garden", shoot.GardenIdentity);
        Assert.Equal(new GardenerVersion(1, 149, 3), shoot.GardenerVersion);
        Assert.True(shoot.InfrastructureIsDualStack);
        Assert.True(shoot.ConfinesSpecUpdates);
        Assert.Equal("sys", Assert.Single(shoot.PendingRollouts).Pool);
        Assert.Equal(["metal"], shoot.PendingInPlaceUpdates);
        Assert.Equal("Prepared", Assert.Single(shoot.RotationPhases).Value);
        Assert.Equal(["ERR_INFRA_QUOTA_EXCEEDED"], Assert.Single(shoot.LastErrors).Codes);
        Assert.Equal(new TimeOnly(21, 0), shoot.MaintenanceWindow.Begin);
        Assert.Null(shoot.DnsConstraint);
    }

    [Fact]
    public void NodesConstraint_FalseAsOldGardenersWroteIt_CountsAsProgressing() =>
        Assert.True(SampleShoot.With().NodesConstraint!.IsProgressing);

    [Fact]
    public void Json_FieldsThisProgramDoesNotKnow_AreKept() =>
        Assert.True(SampleShoot.With().Json.GetProperty("metadata").GetProperty("somethingNew").GetProperty("kept").GetBoolean());

    [Theory]
    [InlineData("""{"overlay": {"enabled": false}}""", false)]
    [InlineData("""{"overlay": {"enabled": true}}""", true)]
    [InlineData("""{"overlay": {}}""", true)]
    [InlineData("""{"backend": "bird"}""", true)]
    [InlineData("null", true)]
    public void UsesOverlay_OnlyExplicitFalseMeansNativeRouting(string providerConfig, bool overlay) =>
        Assert.Equal(overlay, SampleShoot.With(json => json["spec"]!["networking"]!["providerConfig"] = JsonNode.Parse(providerConfig)).UsesOverlay);

    [Fact]
    public void Shoot_NeverReconciled_ReadsAsEmptyAndDoesNotThrow()
    {
        var shoot = new Shoot(JsonSerializer.SerializeToElement(new { metadata = new { name = "new", @namespace = "garden-x" }, spec = new { } }));

        Assert.Equal(["IPv4"], shoot.IpFamilies);
        Assert.True(shoot.IsWorkerless);
        Assert.Null(shoot.LastOperation);
        Assert.Null(shoot.Networking);
        Assert.False(shoot.InfrastructureIsDualStack);
        Assert.Null(shoot.GardenIdentity);
        Assert.Null(shoot.GardenerVersion);
        Assert.Empty(shoot.Constraints);
    }

    [Theory]
    [InlineData("Migrate", "Succeeded", "aws-eu1", true)]
    [InlineData("Restore", "Processing", "aws-eu1", true)]
    [InlineData("Restore", "Succeeded", "aws-eu1", false)]
    [InlineData("Reconcile", "Processing", "aws-eu1", false)]
    [InlineData("Reconcile", "Succeeded", "aws-eu2", true)]
    public void IsMovingSeeds_FromMigrateUntilRestoreHasSucceeded(string type, string state, string statusSeed, bool moving) =>
        Assert.Equal(moving, SampleShoot.With(json =>
        {
            json["status"]!["lastOperation"]!["type"] = type;
            json["status"]!["lastOperation"]!["state"] = state;
            json["status"]!["seedName"] = statusSeed;
        }).IsMovingSeeds);

    [Theory]
    [InlineData("v1.149.3", 1, 149, 3)]
    [InlineData("v1.150.0-dev-b312835d17", 1, 150, 0)]
    [InlineData("1.118", 1, 118, 0)]
    public void GardenerVersion_AsGardenWritesIt_IsRead(string text, int major, int minor, int patch)
    {
        Assert.True(GardenerVersion.TryParse(text, out var version));
        Assert.Equal(new GardenerVersion(major, minor, patch), version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("v1")]
    [InlineData("v1.x.3")]
    public void GardenerVersion_SomethingElse_IsNotRead(string? text) => Assert.False(GardenerVersion.TryParse(text, out _));

    [Fact]
    public void GardenerVersion_Compared_ByNumberNotByText() => Assert.True(new GardenerVersion(1, 99, 9) < new GardenerVersion(1, 118, 0));

    [Theory]
    [InlineData("garden-x")]
    [InlineData("a/b/c")]
    [InlineData("garden-x/../../secrets")]
    [InlineData("Garden/x")]
    [InlineData("/x")]
    [InlineData("x/")]
    public void ShootKey_NotTwoKubernetesNames_IsRefused(string text) => Assert.Throws<ArgumentException>(() => ShootKey.Parse(text));
}
