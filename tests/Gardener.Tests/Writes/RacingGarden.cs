using System.Text.Json.Nodes;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Tests.Writes;

/// <summary>Lets somebody else be faster once, between our read and our write.</summary>
internal sealed class RacingGarden(IGarden garden, Func<Task> faster) : IGarden
{
    private Func<Task>? once = faster;

    public Task<ShootReading> GetAsync(ShootKey key, CancellationToken cancellationToken) => garden.GetAsync(key, cancellationToken);

    public IAsyncEnumerable<ShootPage> ListAsync(ShootScope scope, string? labelSelector, CancellationToken cancellationToken) =>
        garden.ListAsync(scope, labelSelector, cancellationToken);

    public IAsyncEnumerable<ShootChange> WatchAsync(ShootScope scope, string? labelSelector, string resourceVersion, CancellationToken cancellationToken) =>
        garden.WatchAsync(scope, labelSelector, resourceVersion, cancellationToken);

    public async Task<ShootReading> PatchAsync(ShootKey key, JsonObject mergePatch, bool dryRun, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref once, null) is { } first)
        {
            await first();
        }

        return await garden.PatchAsync(key, mergePatch, dryRun, cancellationToken);
    }
}
