using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Nodes;

namespace Dualstack.Gardener.Tests.Nodes;

public sealed class ClusterViewerTests : IAsyncLifetime
{
    private TestGarden garden = null!;

    public async Task InitializeAsync() => garden = await TestGarden.StartAsync();

    public async Task DisposeAsync() => await garden.DisposeAsync();

    [Fact]
    public async Task LookAsync_BeforeTheMigration_CountsByPool()
    {
        var view = await (await ViewerAsync()).LookAsync(families: 2, default);

        Assert.Equal(["load", "sys"], view.Pools.Select(pool => pool.Pool));
        Assert.Equal((4, 0), (view.Total, view.Migrated));
        Assert.All(view.Pools, pool => Assert.Equal(pool.Total, pool.Behind.Count));
        Assert.All(view.Pools, pool => Assert.NotNull(pool.OldestBehind));
        Assert.Equal(1, view.Dns.ServiceAddresses);
        Assert.True(view.Dns.Pods > 0);
        Assert.Equal(0, view.Dns.MigratedPods);
    }

    [Fact]
    public async Task CountNodesAsync_MoreNodesThanFitOnAPage_CountsThemAll()
    {
        await using var large = await TestGarden.StartAsync(shopNodes: 600);
        var viewer = new ClusterViewer(large.Access.Connect(TestGarden.Shop, (await large.ShootAsync(TestGarden.Shop)).Uid), TestGarden.Shop);

        var pools = await viewer.CountNodesAsync(families: 2, default);

        Assert.Equal(1200, pools.Sum(pool => pool.Total));
        Assert.All(pools, pool => Assert.Equal(20, pool.Behind.Count));
    }

    [Fact]
    public async Task LookAsync_ApiOutOfReach_IsNeverZeroNodes()
    {
        await garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });

        var error = await Assert.ThrowsAsync<GardenException>(async () => await (await ViewerAsync()).LookAsync(families: 2, default));

        Assert.Equal(GardenErrorKind.Unreachable, error.Kind);
        Assert.Contains("garden-retail/shop", error.Message, StringComparison.Ordinal);
    }

    private async Task<ClusterViewer> ViewerAsync() =>
        new(garden.Access.Connect(TestGarden.Shop, (await garden.ShootAsync(TestGarden.Shop)).Uid), TestGarden.Shop);
}
