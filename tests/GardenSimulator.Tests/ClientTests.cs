using System.Text;
using System.Text.Json;
using k8s;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>The Kubernetes client for .NET at work.</summary>
public class ClientTests
{
    [Fact]
    public async Task ClusterBehindAPath_IsReachedWithAClientCertificate_UntilItExpires()
    {
        await using var garden = await TestGarden.StartAsync();
        using var outside = new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(Stream(garden.Server.Kubeconfig)));
        var answer = await outside.CustomObjects.CreateNamespacedCustomObjectAsync<JsonElement>(
            new { apiVersion = "authentication.gardener.cloud/v1alpha1", kind = "ViewerKubeconfigRequest", spec = new { expirationSeconds = 600 } },
            "core.gardener.cloud",
            "v1beta1",
            TestGarden.Space,
            "shoots/shop/viewerkubeconfig");
        var kubeconfig = Encoding.UTF8.GetString(Convert.FromBase64String(answer.GetProperty("status").GetProperty("kubeconfig").GetString()!));
        using var inside = new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(Stream(kubeconfig)));

        Assert.Equal(3, (await inside.CoreV1.ListNodeAsync()).Items.Count);
        Assert.Single((await inside.CoreV1.ListNodeAsync(limit: 1)).Items);
        Assert.Equal(["100.64.0.10"], (await inside.CoreV1.ReadNamespacedServiceAsync("kube-dns", "kube-system")).Spec.ClusterIPs);
        garden.Time.Advance(TimeSpan.FromMinutes(11));
        var refused = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => inside.CoreV1.ListNodeAsync());
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.Response.StatusCode);
    }

    [Fact]
    public async Task Watch_OfLabelledShoots_YieldsChangesAndTheError410()
    {
        await using var garden = await TestGarden.StartAsync();
        using var client = new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(Stream(garden.Server.Kubeconfig)));
        var version = (string)(await garden.PatchAsync("""{"metadata":{"labels":{"dualstack.dev/migration":"active"}}}"""))["metadata"]!["resourceVersion"]!;
        await garden.DualStackAsync();
        await foreach (var (type, item) in client.CustomObjects.WatchListNamespacedCustomObjectAsync(
            "core.gardener.cloud", "v1beta1", TestGarden.Space, "shoots", labelSelector: "dualstack.dev/migration=active", resourceVersion: version))
        {
            Assert.Equal(WatchEventType.Modified, type);
            Assert.Equal(5, ((JsonElement)item).GetProperty("metadata").GetProperty("generation").GetInt64());
            break;
        }

        await garden.FaultAsync("""{"kind":"expireWatches"}""");
        var errors = new List<Exception>();
        await foreach (var _ in client.CustomObjects.WatchListNamespacedCustomObjectAsync(
            "core.gardener.cloud", "v1beta1", TestGarden.Space, "shoots", resourceVersion: version, onError: errors.Add))
        {
            Assert.Fail("an expired watch has no events");
        }

        Assert.Equal(410, Assert.IsType<KubernetesException>(Assert.Single(errors)).Status.Code);
    }

    [Fact]
    public async Task Nodes_Watched_ComeAndGoDuringARoll()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(pools: "[{name: sys, minimum: 1, maximum: 2}]"));
        using var inside = await InsideAsync(garden, "adminkubeconfig");
        var list = await inside.CoreV1.ListNodeAsync();
        await garden.SendAsync(HttpMethod.Post, "/simulator/shoots/garden-retail/shop/roll", "");
        var types = new List<WatchEventType>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var (type, _) in inside.CoreV1.WatchListNodeAsync(resourceVersion: list.Metadata.ResourceVersion, cancellationToken: patience.Token))
        {
            types.Add(type);
            if (types.Count == 1)
            {
                garden.Time.Advance(TimeSpan.FromMinutes(3));
            }
            else if (type == WatchEventType.Added)
            {
                garden.Time.Advance(TimeSpan.FromMinutes(2));
            }
            else if (type == WatchEventType.Deleted)
            {
                break;
            }
        }

        // The old node is marked, the new one joins, the old one is cordoned and leaves.
        Assert.Equal(WatchEventType.Modified, types[0]);
        Assert.Contains(WatchEventType.Added, types);
        Assert.Equal(WatchEventType.Deleted, types[^1]);
    }

    [Fact]
    public async Task Nodes_WatchedFromBeforeARestart_AreNotFollowedPastWhatWasForgotten()
    {
        var data = Directory.CreateTempSubdirectory("garden-data");
        try
        {
            string? version;
            await using (var before = await TestGarden.StartAsync(with: options => options with { DataDirectory = data.FullName }))
            {
                using var admin = await InsideAsync(before, "adminkubeconfig");
                version = (await admin.CoreV1.ListNodeAsync()).Metadata.ResourceVersion;
                await before.SendAsync(HttpMethod.Post, "/simulator/shoots/garden-retail/shop/roll", "");
                before.Time.Advance(TimeSpan.FromMinutes(30));
                await before.GetAsync();
            }

            await using var garden = await TestGarden.StartAsync(with: options => options with { DataDirectory = data.FullName });
            using var inside = await InsideAsync(garden, "viewerkubeconfig");
            var errors = new List<Exception>();
            await foreach (var _ in inside.CoreV1.WatchListNodeAsync(resourceVersion: version, onError: errors.Add))
            {
                Assert.Fail("nodes that have gone are missing here");
            }

            Assert.Equal(410, Assert.IsType<KubernetesException>(Assert.Single(errors)).Status.Code);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Nodes_Watched_EndWithTheOtherWatches()
    {
        await using var garden = await TestGarden.StartAsync();
        using var inside = await InsideAsync(garden, "viewerkubeconfig");
        var seen = 0;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var _ in inside.CoreV1.WatchListNodeAsync(cancellationToken: patience.Token))
        {
            if (++seen == 3)
            {
                await garden.FaultAsync("""{"kind":"closeWatches"}""");
            }
        }

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task HibernatedCluster_DoesNotAnswer()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(extra: "hibernation: {enabled: true}"));
        using var inside = await InsideAsync(garden, "viewerkubeconfig");
        await Assert.ThrowsAsync<HttpRequestException>(() => inside.CoreV1.ListNodeAsync());
    }

    private static async Task<Kubernetes> InsideAsync(TestGarden garden, string subresource)
    {
        var answer = await garden.SendAsync(HttpMethod.Post, $"{TestGarden.Shoots}/shop/{subresource}", "{}");
        var kubeconfig = Convert.FromBase64String((string)answer["status"]!["kubeconfig"]!);
        return new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new MemoryStream(kubeconfig)));
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
