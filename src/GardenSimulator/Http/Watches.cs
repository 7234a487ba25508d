using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Streams changes until the client's timeout, its end, or a fault.</summary>
internal sealed class Watches(Garden garden)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(45);

    // Bookmarks come in real time, as the client that waits for them lives, whatever the garden's clock says.
    private readonly PeriodicBookmark pace = new(garden.Options.BookmarkPeriod, TimeProvider.System);

    public async Task ShootsAsync(HttpContext context, ApiRequest request, CancellationToken stopping)
    {
        var writer = new WatchWriter(context.Response, request, Catalog.Shoots);
        var selector = request.Selector;
        var bookmarks = request.QueryFlag("allowWatchBookmarks");
        var (initial, cursor, epoch) = garden.Enter(() =>
        {
            var asked = Version(request);
            return asked == 0 || request.QueryFlag("sendInitialEvents")
                ? (garden.Shoots.Query(request.Namespace, selector), garden.Shoots.Version, garden.WatchEpoch)
                : ([], asked, garden.WatchEpoch);
        });
        await writer.StartAsync(stopping);
        foreach (var entry in initial)
        {
            await writer.EventAsync("ADDED", entry.Json, garden.Now, stopping);
        }

        if (request.QueryFlag("sendInitialEvents") && bookmarks)
        {
            await writer.BookmarkAsync(cursor, true, stopping);
        }

        await FollowAsync(writer, request, selector, cursor, epoch, bookmarks, stopping);
    }

    /// <summary>Watches what is computed when asked for, by comparing it with what was sent last.</summary>
    public async Task DerivedAsync(HttpContext context, ApiRequest request, ResourceDefinition definition, Func<DerivedObjects?> read, CancellationToken stopping)
    {
        var writer = new WatchWriter(context.Response, request, definition);
        var asked = Version(request);
        var bookmarks = request.QueryFlag("allowWatchBookmarks");
        var epoch = garden.Enter(() => garden.WatchEpoch);
        var lastBookmark = asked;
        var known = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var first = true;
        var version = -1L;
        using var lifetime = Lifetime(request, stopping);
        await writer.StartAsync(stopping);
        try
        {
            while (true)
            {
                var changed = garden.Changed;
                var snapshot = garden.Enter(() => garden.WatchEpoch != epoch || read() is not { } current ? null
                    : current.Version == version ? Snapshot.Same
                    : new Snapshot(
                        current.Version,
                        current.Oldest,
                        current.Created,
                        [.. DerivedReads.Matching(request, definition, current.Items)],
                        [.. DerivedReads.Matching(request, definition, current.Deleted.Where(item => item.Version > asked).Select(item => JsonNode.Parse(item.Json)!.AsObject()))]));
                if (snapshot is null)
                {
                    return;
                }

                if (first && asked > 0 && (asked < snapshot.Oldest || asked > snapshot.Version))
                {
                    await writer.TooOldAsync(asked, snapshot.Oldest, lifetime.Token);
                    return;
                }

                if (snapshot != Snapshot.Same)
                {
                    version = snapshot.Version;
                    foreach (var (type, item) in Differences(snapshot, known, first ? asked : null))
                    {
                        await writer.EventAsync(type, item.ToUtf8(), garden.Now, lifetime.Token);
                    }
                }

                first = false;
                await writer.FlushAsync(lifetime.Token);
                if (await pace.DueAsync(changed, lifetime.Token) && bookmarks && version != lastBookmark)
                {
                    await writer.BookmarkAsync(version, false, lifetime.Token);
                    await writer.FlushAsync(lifetime.Token);
                    lastBookmark = version;
                }
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The client's timeout: a watch ends without a word.
        }
    }

    private async Task FollowAsync(WatchWriter writer, ApiRequest request, Selector selector, long cursor, int epoch, bool bookmarks, CancellationToken stopping)
    {
        using var lifetime = Lifetime(request, stopping);
        try
        {
            var lastBookmark = cursor;
            while (true)
            {
                var changed = garden.Changed;
                var (changes, version, oldest, present) = garden.Enter(() => (garden.Shoots.ChangesAfter(cursor), garden.Shoots.Version, garden.Shoots.OldestWatchable, garden.WatchEpoch));
                if (changes is null || cursor > version)
                {
                    await writer.TooOldAsync(cursor, oldest, lifetime.Token);
                    return;
                }

                foreach (var change in changes)
                {
                    if (TypeOf(change, request.Namespace, selector) is { } type)
                    {
                        await writer.EventAsync(type, change.Entry.Json, garden.Now, lifetime.Token);
                    }
                }

                cursor = version;
                await writer.FlushAsync(lifetime.Token);
                if (present != epoch)
                {
                    return;
                }

                // Also on a garden that never rests: changes of other shoots move the position on, too.
                if (await pace.DueAsync(changed, lifetime.Token) && bookmarks && cursor != lastBookmark)
                {
                    await writer.BookmarkAsync(cursor, false, lifetime.Token);
                    await writer.FlushAsync(lifetime.Token);
                    lastBookmark = cursor;
                }
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            if (bookmarks)
            {
                await writer.BookmarkAsync(cursor, false, stopping);
            }
        }
    }

    private static IEnumerable<(string Type, JsonObject Item)> Differences(Snapshot snapshot, Dictionary<string, JsonObject> known, long? asked)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in snapshot.Items)
        {
            var uid = item.Text("metadata", "uid")!;
            var version = item.Number("metadata", "resourceVersion") ?? 0;
            present.Add(uid);
            var before = known.GetValueOrDefault(uid);
            known[uid] = item;
            if (before is null)
            {
                if (asked is null or 0 || version > asked)
                {
                    yield return (asked > 0 && snapshot.Created.GetValueOrDefault(uid) <= asked ? "MODIFIED" : "ADDED", item);
                }
            }
            else if (before.Number("metadata", "resourceVersion") != version)
            {
                yield return ("MODIFIED", item);
            }
        }

        foreach (var uid in known.Keys.Except(present).ToList())
        {
            known.Remove(uid, out var gone);
            yield return ("DELETED", snapshot.Deleted.Find(item => item.Text("metadata", "uid") == uid) ?? gone!);
        }

        if (asked > 0)
        {
            foreach (var item in snapshot.Deleted)
            {
                yield return ("DELETED", item);
            }
        }
    }

    private static string? TypeOf(WatchEvent change, string? @namespace, Selector selector)
    {
        if (@namespace is not null && change.Entry.Namespace != @namespace)
        {
            return null;
        }

        var before = change.Before is not null && selector.Matches(change.Before);
        var after = !change.Gone && selector.Matches(change.Entry);
        return (before, after) switch
        {
            (true, true) => "MODIFIED",
            (false, true) => "ADDED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    private static long Version(ApiRequest request) => request.Query("resourceVersion") switch
    {
        null or "" => 0,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        var text => throw ApiError.BadRequest($"invalid resource version: \"{text}\""),
    };

    private static CancellationTokenSource Lifetime(ApiRequest request, CancellationToken stopping)
    {
        var lifetime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lifetime.CancelAfter(double.TryParse(request.Query("timeoutSeconds"), CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : Longest);
        return lifetime;
    }

    private sealed record Snapshot(long Version, long Oldest, IReadOnlyDictionary<string, long> Created, List<JsonObject> Items, List<JsonObject> Deleted)
    {
        /// <summary>Nothing has changed since the last one.</summary>
        public static Snapshot Same { get; } = new(-1, 0, new Dictionary<string, long>(), [], []);
    }
}
