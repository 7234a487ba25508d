using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Writes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dualstack.Gardener.Tests.Garden;

public sealed class ShootFollowerTests : IAsyncLifetime
{
    private const string Selector = "dualstack.dev/migration=active";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestGarden garden = null!;

    public async Task InitializeAsync() => garden = await TestGarden.StartAsync();

    public async Task DisposeAsync() => await garden.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("garden-retail")]
    public async Task FollowAsync_ShootsMarkedAndUnmarked_AreToldAsTheyHappen(string? project)
    {
        await MarkAsync();
        using var patience = new CancellationTokenSource(Patience);
        await using var changes = Follow(new ShootScope(project), patience.Token);

        Assert.Equal(TestGarden.Shop, (await NextAsync(changes, ShootChangeKind.Present)).Shoot!.Key);
        await NextAsync(changes, ShootChangeKind.ListRead);
        await garden.AnnotateAsync(TestGarden.Shop, "example.org/note", "1");
        var changed = await NextAsync(changes, ShootChangeKind.Changed);
        Assert.Equal("1", changed.Shoot!.Annotation("example.org/note"));
        Assert.NotEmpty(changed.ResourceVersion);
        await new GuardedWriter(garden.Client).UnmarkAsync(await garden.IdentityAsync(TestGarden.Shop), null, default);
        Assert.Equal(TestGarden.Shop, (await NextAsync(changes, ShootChangeKind.Removed)).Shoot!.Key);
    }

    [Theory]
    [InlineData("closeWatches")]
    [InlineData("expireWatches")]
    public async Task FollowAsync_WatchBroken_MissesNothing(string kind)
    {
        await MarkAsync();
        using var patience = new CancellationTokenSource(Patience);
        await using var changes = Follow(ShootScope.All, patience.Token);
        await NextAsync(changes, ShootChangeKind.ListRead);

        await garden.ArmAsync(new { kind });
        await garden.AnnotateAsync(TestGarden.Shop, "example.org/note", "meanwhile");

        while (true)
        {
            Assert.True(await changes.MoveNextAsync());
            if (changes.Current.Shoot?.Annotation("example.org/note") == "meanwhile")
            {
                return;
            }
        }
    }

    private async Task MarkAsync()
    {
        var shoot = await garden.ShootAsync(TestGarden.Shop);
        await new GuardedWriter(garden.Client).WriteAsync(
            new WriteIntent(new ShootIdentity(shoot.Key, shoot.Uid), "i-1", shoot.Generation), ShootWrite.IpFamilies(["IPv4", "IPv6"]), default);
    }

    private IAsyncEnumerator<ShootChange> Follow(ShootScope scope, CancellationToken cancellationToken) =>
        new ShootFollower(garden.Client, TimeProvider.System, NullLogger.Instance)
            .FollowAsync(scope, Selector, null, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);

    private static async Task<ShootChange> NextAsync(IAsyncEnumerator<ShootChange> changes, ShootChangeKind kind)
    {
        while (await changes.MoveNextAsync())
        {
            if (changes.Current.Kind == kind)
            {
                return changes.Current;
            }
        }

        throw new InvalidOperationException("The follower ended.");
    }
}
