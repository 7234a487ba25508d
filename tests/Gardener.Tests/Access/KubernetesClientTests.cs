using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace Dualstack.Gardener.Tests.Access;

/// <summary>What the product relies on in the Kubernetes client, whichever build of it is used.</summary>
public sealed class KubernetesClientTests : IDisposable
{
    private const string Group = "core.gardener.cloud";

    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData(V1Patch.PatchType.MergePatch, "application/merge-patch+json")]
    [InlineData(V1Patch.PatchType.JsonPatch, "application/json-patch+json")]
    [InlineData(V1Patch.PatchType.ApplyPatch, "application/apply-patch+yaml")]
    public async Task Patch_TypeAndNulls_ArriveAsGiven(V1Patch.PatchType type, string contentType)
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => ApiPeer.AnswerAsync(context, "{}"));
        using var connection = Open(server);
        var body = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["a/b"] = null } } };

        await connection.Kubernetes.CustomObjects.PatchNamespacedCustomObjectAsync<JsonElement>(
            new V1Patch(body, type), Group, "v1beta1", "garden-retail", "shoots", "shop", dryRun: "All", fieldManager: "dualstack", force: true);

        var request = Assert.Single(server.Requests);
        Assert.StartsWith(contentType, request.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("""{"metadata":{"annotations":{"a/b":null}}}""", request.Body);
        Assert.StartsWith("/apis/core.gardener.cloud/v1beta1/namespaces/garden-retail/shoots/shop?", request.Target, StringComparison.Ordinal);
        Assert.Equal(["dryRun=All", "fieldManager=dualstack", "force=true"], request.Target.Split('?')[1].Split('&').Order());
    }

    [Fact]
    public async Task List_SelectorAndToken_AreEscaped()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => ApiPeer.AnswerAsync(context, """{"items":[]}"""));
        using var connection = Open(server);

        await connection.Kubernetes.CustomObjects.ListCustomObjectForAllNamespacesAsync<JsonElement>(
            Group, "v1beta1", "shoots", labelSelector: "a=b,c!=d", continueParameter: "x&y", limit: 5);

        Assert.Equal(
            "/apis/core.gardener.cloud/v1beta1/shoots?continue=x%26y&labelSelector=a%3Db%2Cc%21%3Dd&limit=5&watch=false", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task Failure_AnyStatus_CarriesCodeBodyAndHeaders()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => ApiPeer.RefuseAsync(context, HttpStatusCode.Conflict, "changed"));
        using var connection = Open(server);

        var error = await Assert.ThrowsAsync<HttpOperationException>(() => connection.Kubernetes.CoreV1.ReadNodeAsync("n"));

        Assert.Equal(HttpStatusCode.Conflict, error.Response.StatusCode);
        Assert.Equal("changed", KubernetesJson.Deserialize<V1Status>(error.Response.Content).Message);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListNode_TypedModel_ReadsWhatServersSend()
    {
        const string Nodes = """
            {"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"more"},"items":[{"metadata":{"name":"n1",
            "creationTimestamp":"2026-01-02T03:04:05.123456789Z","labels":{"worker.gardener.cloud/pool":"a"}},"spec":{"podCIDR":"10.0.0.0/24",
            "podCIDRs":["10.0.0.0/24","2001:db8::/64"],"unschedulable":true,"unknown":{}},"status":{"conditions":[{"type":"Ready","status":"True"}],
            "addresses":[{"type":"InternalIP","address":"10.1.1.1"}],"nodeInfo":{"kubeletVersion":"v1.33.0","osImage":"GL"}}}]}
            """;
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => ApiPeer.AnswerAsync(context, Nodes));
        using var connection = Open(server);

        var list = await connection.Kubernetes.CoreV1.ListNodeAsync(limit: 1);

        var node = Assert.Single(list.Items);
        Assert.Equal("more", list.Metadata.ContinueProperty);
        Assert.Equal(["10.0.0.0/24", "2001:db8::/64"], node.Spec.PodCIDRs);
        Assert.Equal(("a", true, "v1.33.0"), (node.GetLabel("worker.gardener.cloud/pool"), node.Spec.Unschedulable, node.Status.NodeInfo.KubeletVersion));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), node.Metadata.CreationTimestamp!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Watch_StatusLine_GoesToOnErrorAndIsNotYielded()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => StreamAsync(
            context,
            """{"type":"ADDED","object":{"kind":"Shoot","metadata":{"name":"a"}}}""",
            """{"type":"BOOKMARK","object":{"kind":"Shoot","metadata":{"resourceVersion":"9"}}}""",
            """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"""));
        using var connection = Open(server);
        var told = new List<Exception>();
        var seen = new List<WatchEventType>();

        await foreach (var (type, item) in connection.Kubernetes.CustomObjects.WatchListNamespacedCustomObjectAsync(
            Group, "v1beta1", "garden-retail", "shoots", allowWatchBookmarks: true, resourceVersion: "5", timeoutSeconds: 300, onError: told.Add))
        {
            Assert.Equal(JsonValueKind.Object, Assert.IsType<JsonElement>(item).ValueKind);
            seen.Add(type);
        }

        Assert.Equal([WatchEventType.Added, WatchEventType.Bookmark], seen);
        Assert.Equal(410, Assert.IsType<KubernetesException>(Assert.Single(told)).Status.Code);
        Assert.EndsWith(
            "/namespaces/garden-retail/shoots?allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=300&watch=true",
            Assert.Single(server.Requests).Target,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ClosedBeforeTheFirstEvent_ThrowsWithEndOfStreamInside()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => StreamAsync(context));
        using var connection = Open(server);

        var error = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (var _ in connection.Kubernetes.CoreV1.WatchListNodeAsync())
            {
            }
        });

        Assert.IsType<EndOfStreamException>(error.InnerException);
    }

    [Fact]
    public async Task Watch_Cancelled_Ends()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), async (context, _) =>
        {
            await StreamAsync(context, """{"type":"ADDED","object":{"kind":"Node","metadata":{"name":"a"}}}""");
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var connection = Open(server);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var (_, node) in connection.Kubernetes.CoreV1.WatchListNodeAsync(cancellationToken: stop.Token))
            {
                Assert.Equal("a", node.Name());
                await stop.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Request_ServerDoesNotAnswer_EndsByTheTimeoutWithoutTheCallersCancellation()
    {
        await using var server = await ApiPeer.StartAsync(
            authority.Serve(), (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var connection = Open(server, TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Kubernetes.Version.GetCodeAsync());
    }

    private static async Task StreamAsync(HttpContext context, params string[] lines)
    {
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        foreach (var line in lines)
        {
            await context.Response.WriteAsync(line + "\n");
            await context.Response.Body.FlushAsync();
        }
    }

    private GardenConnection Open(ApiPeer server, TimeSpan? timeout = null) => GardenConnection.Open(new GardenConnectionOptions
    {
        KubeconfigContent = TestKubeconfig.For(server, authority),
        ReadRetries = 0,
        RequestTimeout = timeout ?? TimeSpan.FromSeconds(30),
    });
}
