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

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
