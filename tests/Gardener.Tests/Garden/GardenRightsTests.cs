using Dualstack.Gardener.Garden;

namespace Dualstack.Gardener.Tests.Garden;

public sealed class GardenRightsTests
{
    [Fact]
    public async Task MissingAsync_UserWhoMayOnlyRead_LacksPatchAndKubeconfig()
    {
        await using var garden = await TestGarden.StartAsync();
        using var viewer = garden.Connect("viewer");

        var missing = await new GardenRights(viewer.Kubernetes).MissingAsync(ShootScope.All, default);

        Assert.Equal(["patch shoots", "create shoots/viewerkubeconfig"], missing.Select(right => $"{right.Verb} {right.Resource}"));
    }

    [Fact]
    public async Task MissingAsync_RefusalForOneShoot_IsNotTakenForALackOfTheRight()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.ArmAsync(new { kind = "answerWith", code = 403, verb = "patch", resource = "shoots", shoot = "shop", times = 0 });
        using var admin = garden.Connect("admin");

        Assert.Empty(await new GardenRights(admin.Kubernetes).MissingAsync(ShootScope.All, default));
    }
}
