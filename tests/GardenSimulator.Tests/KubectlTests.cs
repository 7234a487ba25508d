using System.Text;
using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>The real kubectl at work.</summary>
public class KubectlTests
{
    private const string Request = """{"apiVersion":"authentication.gardener.cloud/v1alpha1","kind":"ViewerKubeconfigRequest","spec":{"expirationSeconds":3600}}""";

    [KubectlFact]
    public async Task Garden_ReadWithKubectl_LooksLikeAGarden()
    {
        await using var garden = await TestGarden.StartAsync();
        using var kubectl = new Kubectl(garden.Server.Kubeconfig);
        var table = (await kubectl.OutputAsync("get", "shoots", "-A")).Split('\n');
        Assert.Equal(["NAMESPACE", "NAME", "CLOUDPROFILE", "PROVIDER", "REGION", "SEED", "K8S", "VERSION", "HIBERNATION", "LAST", "OPERATION", "STATUS", "PURPOSE", "AGE"], table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Reconcile Succeeded (100%)", table[1], StringComparison.Ordinal);
        Assert.Contains("GARDENER VERSION", await kubectl.OutputAsync("get", "shoots", "-A", "-o", "wide"), StringComparison.Ordinal);
        Assert.Contains("shoots", await kubectl.OutputAsync("api-resources", "--categories=all"), StringComparison.Ordinal);
        Assert.Equal("retail", await kubectl.OutputAsync("get", "projects", "-o", "jsonpath={.items[*].metadata.name}"));
        Assert.Equal("version: v1.149.3", await kubectl.OutputAsync("-n", "gardener-system-public", "get", "configmap", "gardener-info", "-o", "jsonpath={.data.gardenerAPIServer}"));
        Assert.Equal("yes", await kubectl.OutputAsync("auth", "can-i", "patch", "shoots", "-n", "garden-retail"));
        Assert.Contains("Technical ID:", await kubectl.OutputAsync("-n", "garden-retail", "describe", "shoot", "shop"), StringComparison.Ordinal);
        Assert.Contains("KIND:       Shoot", await kubectl.OutputAsync("explain", "shoot"), StringComparison.Ordinal);
        Assert.Equal("Error from server (NotFound): shoots.core.gardener.cloud \"nope\" not found", await kubectl.ErrorAsync("-n", "garden-retail", "get", "shoot", "nope"));
    }

    [KubectlFact]
    public async Task Shoot_WrittenWithKubectl_FollowsTheRules()
    {
        await using var garden = await TestGarden.StartAsync();
        using var kubectl = new Kubectl(garden.Server.Kubeconfig);
        Task<string> ShootAsync(params string[] arguments) => kubectl.OutputAsync(["-n", "garden-retail", .. arguments]);
        const string Dual = """{"spec":{"networking":{"ipFamilies":["IPv4","IPv6"]}}}""";

        await ShootAsync("label", "shoot", "shop", "dualstack.dev/migration=active");
        Assert.Equal("shoot.core.gardener.cloud/shop", await ShootAsync("get", "shoots", "-l", "dualstack.dev/migration=active", "-o", "name"));
        Assert.Equal("5", await ShootAsync("patch", "shoot", "shop", "--dry-run=server", "-p", Dual, "-o", "jsonpath={.metadata.generation}"));
        Assert.Equal("4", await ShootAsync("get", "shoot", "shop", "-o", "jsonpath={.metadata.generation}"));
        Assert.Contains(
            "The Shoot \"shop\" is invalid: spec.networking.ipFamilies: Forbidden: unsupported IP family update",
            await kubectl.ErrorAsync("-n", "garden-retail", "patch", "shoot", "shop", "--type=merge", "-p", """{"spec":{"networking":{"ipFamilies":["IPv6","IPv4"]}}}"""),
            StringComparison.Ordinal);
        await ShootAsync("patch", "shoot", "shop", "--type=json", "-p", """[{"op":"add","path":"/spec/networking/ipFamilies/1","value":"IPv6"}]""");
        await garden.SettleAsync();
        await ShootAsync("annotate", "shoot", "shop", "gardener.cloud/operation=rollout-workers=*");
        Assert.Equal("True", (await garden.SettleAsync()).Nodes());
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        await ShootAsync("wait", "shoot/shop", "--for=condition=APIServerAvailable", "--timeout=50s");

        var applied = await kubectl.OutputAsync("apply", "--server-side", "-f", kubectl.Write("""{"apiVersion":"core.gardener.cloud/v1beta1","kind":"Shoot","metadata":{"name":"shop","namespace":"garden-retail","labels":{"applied":"yes"}}}"""));
        Assert.Equal("shoot.core.gardener.cloud/shop serverside-applied", applied);
        var manifest = (await garden.GetAsync()).DeepClone();
        manifest["metadata"]!["name"] = "copy";
        manifest["metadata"]!.AsObject().Remove("resourceVersion");
        await kubectl.OutputAsync("create", "-f", kubectl.Write(manifest.ToJsonString()));
        Assert.Contains("is forbidden: must have a \"confirmation.gardener.cloud/deletion\" annotation", await kubectl.ErrorAsync("-n", "garden-retail", "delete", "shoot", "copy"), StringComparison.Ordinal);
        await ShootAsync("annotate", "shoot", "copy", "confirmation.gardener.cloud/deletion=true");
        await ShootAsync("delete", "shoot", "copy", "--wait=false");
        garden.Time.Advance(TimeSpan.FromMinutes(10));
        await ShootAsync("wait", "shoot/copy", "--for=delete", "--timeout=50s");
    }

    [KubectlFact]
    public async Task Cluster_ReachedThroughItsKubeconfigs_ShowsNodesPodsAndServices()
    {
        await using var garden = await TestGarden.StartAsync();
        using var outside = new Kubectl(garden.Server.Kubeconfig);
        using var viewer = new Kubectl(await KubeconfigAsync(outside, "viewerkubeconfig"));
        using var admin = new Kubectl(await KubeconfigAsync(outside, "adminkubeconfig"));

        Assert.Equal(3, (await viewer.OutputAsync("get", "nodes", "-o", "name")).Split('\n').Length);
        Assert.Equal(2, (await viewer.OutputAsync("get", "nodes", "-l", "worker.gardener.cloud/pool=sys", "-o", "name")).Split('\n').Length);
        Assert.Equal("100.64.0.10", await viewer.OutputAsync("-n", "kube-system", "get", "service", "kube-dns", "-o", "jsonpath={.spec.clusterIPs[*]}"));
        Assert.Equal(2, (await viewer.OutputAsync("-n", "kube-system", "get", "pods", "-l", "k8s-app=kube-dns", "-o", "name")).Split('\n').Length);
        Assert.Contains("poddisruptionbudget.policy/coredns", await viewer.OutputAsync("get", "pdb", "-A", "-o", "name"), StringComparison.Ordinal);
        Assert.Equal("no", (await viewer.OutputOrErrorAsync("auth", "can-i", "delete", "nodes")).Trim().Split('\n')[^1]);

        var node = await viewer.OutputAsync("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
        Assert.Contains("cannot delete resource \"nodes\"", await viewer.ErrorAsync("delete", "node", node), StringComparison.Ordinal);
        await admin.OutputAsync("label", "node", node, "a=b");
        await admin.OutputAsync("annotate", "node", node, "c=d");
        foreach (var kind in new[] { "pod", "service" })
        {
            var name = await viewer.OutputAsync("-n", "kube-system", "get", kind, "-l", "k8s-app=kube-dns", "-o", "jsonpath={.items[0].metadata.name}");
            await admin.OutputAsync("-n", "kube-system", "label", kind, name, "a=b");
            await admin.OutputAsync("-n", "kube-system", "annotate", kind, name, "c=d");
            await admin.OutputAsync("-n", "kube-system", "patch", kind, name, "--type=merge", "-p", """{"metadata":{"labels":{"e":"f"}}}""");
            Assert.Equal(name, await viewer.OutputAsync("-n", "kube-system", "get", kind, "-l", "a=b,e=f", "-o", "jsonpath={.items[0].metadata.name}"));
            await admin.OutputAsync("-n", "kube-system", "label", kind, name, "a-");
            Assert.Equal(string.Empty, await viewer.OutputAsync("-n", "kube-system", "get", kind, "-l", "a=b", "-o", "jsonpath={.items[*].metadata.name}"));
        }

        await admin.OutputAsync("cordon", node);
        Assert.Contains("SchedulingDisabled", await viewer.OutputAsync("get", "node", node), StringComparison.Ordinal);
        await admin.OutputAsync("drain", node, "--ignore-daemonsets");
        await admin.OutputAsync("delete", "node", node);
        Assert.Equal(2, (await viewer.OutputAsync("get", "nodes", "-o", "name")).Split('\n').Length);
        garden.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(3, (await viewer.OutputAsync("get", "nodes", "-o", "name")).Split('\n').Length);

        await admin.OutputAsync("-n", "kube-system", "rollout", "restart", "deployment", "coredns");
        garden.Time.Advance(TimeSpan.FromMinutes(2));
        await admin.OutputAsync("-n", "kube-system", "rollout", "status", "deployment", "coredns", "--timeout=50s");
    }

    private static async Task<string> KubeconfigAsync(Kubectl kubectl, string subresource)
    {
        var answer = JsonNode.Parse(await kubectl.OutputAsync("create", "--raw", $"{TestGarden.Shoots}/shop/{subresource}", "-f", kubectl.Write(Request)))!;
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)answer["status"]!["kubeconfig"]!));
    }
}
