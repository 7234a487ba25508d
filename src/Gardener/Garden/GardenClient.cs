using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Dualstack.Gardener.Garden;

/// <summary>The shoots of one garden, over its Kubernetes API.</summary>
/// <param name="kubernetes">A client of the garden's API.</param>
public sealed class GardenClient(IKubernetes kubernetes) : IGarden
{
    private const string Api = "the garden";
    private const int PageSize = 500;
    private const int WatchSeconds = 270;
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(WatchSeconds + 60);

    /// <inheritdoc/>
    public Task<ShootReading> GetAsync(ShootKey key, CancellationToken cancellationToken) => ApiErrors.GuardAsync(
        About(key, "get"),
        async () =>
        {
            using var answer = await kubernetes.CustomObjects.GetNamespacedCustomObjectWithHttpMessagesAsync<JsonElement>(
                GardenNames.Group, GardenNames.Version, key.Namespace, GardenNames.Shoots, key.Name, cancellationToken: cancellationToken);
            return Reading(answer);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShootPage> ListAsync(
        ShootScope scope, string? labelSelector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var position = token;
            var list = await ApiErrors.GuardAsync(
                About(scope, "list"), () => ListPageAsync(scope, labelSelector, position, cancellationToken), cancellationToken);
            yield return new ShootPage(
                [.. list.Items("items").Select(item => new Shoot(item))],
                list.Text("metadata", "resourceVersion") ?? string.Empty);
            token = list.Text("metadata", "continue");
        }
        while (!string.IsNullOrEmpty(token));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShootChange> WatchAsync(
        ShootScope scope, string? labelSelector, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = About(scope, "watch");
        Exception? told = null;
        // A connection that died without a word would be waited for without end.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWatch);
        await using var events = Watch(scope, labelSelector, resourceVersion, error => told ??= error, patience.Token)
            .GetAsyncEnumerator(patience.Token);
        while (true)
        {
            bool more;
            try
            {
                more = await events.MoveNextAsync();
            }
            catch (HttpRequestException exception) when (exception.InnerException is EndOfStreamException)
            {
                // How the client reports a watch that the server closed, in order, before anything happened.
                more = false;
            }
            catch (Exception exception) when (ApiErrors.Translate(request, exception, cancellationToken) is { } translated)
            {
                throw translated;
            }

            // The client goes on after a Status line or a broken line; what came in between is lost, so the watch is over.
            if (told is not null)
            {
                throw ApiErrors.Translate(request, told, cancellationToken)
                    ?? new GardenException(GardenErrorKind.Unreachable, "The watch on shoots broke.", told);
            }

            if (!more)
            {
                yield break;
            }

            if (Change(events.Current) is { } change)
            {
                yield return change;
            }
        }
    }

    /// <inheritdoc/>
    public Task<ShootReading> PatchAsync(ShootKey key, JsonObject mergePatch, bool dryRun, CancellationToken cancellationToken) => ApiErrors.GuardAsync(
        About(key, "patch"),
        async () =>
        {
            using var answer = await kubernetes.CustomObjects.PatchNamespacedCustomObjectWithHttpMessagesAsync<JsonElement>(
                new V1Patch(mergePatch, V1Patch.PatchType.MergePatch),
                GardenNames.Group,
                GardenNames.Version,
                key.Namespace,
                GardenNames.Shoots,
                key.Name,
                dryRun: dryRun ? "All" : null,
                fieldManager: GardenNames.FieldManager,
                cancellationToken: cancellationToken);
            return Reading(answer);
        },
        cancellationToken);

    private static ApiRequest About(ShootKey key, string verb) => new(Api, verb, GardenNames.Shoots, key.Namespace, $"shoot {key}");

    private static ApiRequest About(ShootScope scope, string verb) => new(Api, verb, GardenNames.Shoots, scope.Namespace, $"the shoots in {scope}");

    private static ShootReading Reading(HttpOperationResponse<JsonElement> answer) => new(new Shoot(answer.Body), answer.Response.Headers.Date);

    private static ShootChange? Change((WatchEventType Type, object Item) told)
    {
        var item = (JsonElement)told.Item;
        var version = item.Text("metadata", "resourceVersion") ?? string.Empty;
        return told.Type switch
        {
            WatchEventType.Added or WatchEventType.Modified => new ShootChange(ShootChangeKind.Changed, new Shoot(item), version),
            WatchEventType.Deleted => new ShootChange(ShootChangeKind.Removed, new Shoot(item), version),
            WatchEventType.Bookmark => new ShootChange(ShootChangeKind.Bookmark, null, version),
            _ => null,
        };
    }

    private Task<JsonElement> ListPageAsync(ShootScope scope, string? labelSelector, string? token, CancellationToken cancellationToken) =>
        scope.Namespace is { } name
            ? kubernetes.CustomObjects.ListNamespacedCustomObjectAsync<JsonElement>(
                GardenNames.Group, GardenNames.Version, name, GardenNames.Shoots,
                continueParameter: token, labelSelector: labelSelector, limit: PageSize, cancellationToken: cancellationToken)
            : kubernetes.CustomObjects.ListClusterCustomObjectAsync<JsonElement>(
                GardenNames.Group, GardenNames.Version, GardenNames.Shoots,
                continueParameter: token, labelSelector: labelSelector, limit: PageSize, cancellationToken: cancellationToken);

    private IAsyncEnumerable<(WatchEventType Type, object Item)> Watch(
        ShootScope scope, string? labelSelector, string resourceVersion, Action<Exception> onError, CancellationToken cancellationToken) =>
        scope.Namespace is { } name
            ? kubernetes.CustomObjects.WatchListNamespacedCustomObjectAsync(
                GardenNames.Group, GardenNames.Version, name, GardenNames.Shoots,
                allowWatchBookmarks: true, labelSelector: labelSelector, resourceVersion: resourceVersion, timeoutSeconds: WatchSeconds,
                onError: onError, cancellationToken: cancellationToken)
            : kubernetes.CustomObjects.WatchListClusterCustomObjectAsync(
                GardenNames.Group, GardenNames.Version, GardenNames.Shoots,
                allowWatchBookmarks: true, labelSelector: labelSelector, resourceVersion: resourceVersion, timeoutSeconds: WatchSeconds,
                onError: onError, cancellationToken: cancellationToken);
}
