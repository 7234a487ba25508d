using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The objects of all resources but shoots, computed when asked for.</summary>
internal static class DerivedResources
{
    private static readonly string[] ClusterNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    public static IEnumerable<JsonObject> InGarden(Garden garden, string resource) => resource switch
    {
        "namespaces" => garden.Namespaces.All.Select(item => (JsonObject)item.DeepClone()),
        "projects" => garden.Namespaces.All.Where(item => item.Text("metadata", "labels", "gardener.cloud/role") == "project").Select(Project),
        "configmaps" => ConfigMaps(garden),
        _ => [],
    };

    public static IEnumerable<JsonObject> InCluster(JsonObject shoot, ShootState state, string resource)
    {
        switch (resource)
        {
            case "nodes":
                return state.Nodes.OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => NodeObjects.Render(shoot, state, node));
            case "pods":
                return state.Pods.OrderBy(pod => pod.Name, StringComparer.Ordinal).Select(PodObjects.Render);
            case "services":
                var kubernetes = ClusterObjects.Service(shoot, state, "kubernetes", "default", 1, 1, [Port("https", 443, "TCP")], null);
                return Families.Workerless(shoot)
                    ? [kubernetes]
                    : [kubernetes, ClusterObjects.Service(shoot, state, "kube-dns", "kube-system", 10, state.DnsServiceFamilies, [Port("dns", 53, "UDP"), Port("dns-tcp", 53, "TCP")], new JsonObject { ["k8s-app"] = "kube-dns" })];
            case "deployments" when !Families.Workerless(shoot):
                return
                [
                    ClusterObjects.Deployment(state, PodFactory.Workload, "default", new() { ["app"] = PodFactory.Workload }),
                    ClusterObjects.Deployment(state, PodFactory.CoreDns, "kube-system", new() { ["gardener.cloud/role"] = "system-component", ["k8s-app"] = "kube-dns" }),
                ];
            case "poddisruptionbudgets" when !Families.Workerless(shoot):
                var budgets = new List<JsonObject> { ClusterObjects.Budget(state, "kube-system", PodFactory.CoreDns, blocks: false) };
                if (shoot.Text("metadata", "annotations", Keys.BlockingBudget)?.Split('/') is [var space, var name])
                {
                    budgets.Add(ClusterObjects.Budget(state, space, name, blocks: true));
                }

                return budgets;
            case "namespaces":
                return ClusterNamespaces.Select(ClusterObjects.Namespace);
            default:
                return [];
        }
    }

    private static IEnumerable<JsonObject> ConfigMaps(Garden garden)
    {
        yield return ConfigMap("gardener-info", "gardener-system-public", new JsonObject
        {
            ["gardenerAPIServer"] = $"version: {garden.Flavour.Version}\n",
        });
        yield return ConfigMap("cluster-identity", "kube-system", new JsonObject { ["cluster-identity"] = garden.Options.GardenIdentity, ["origin"] = "gardener-apiserver" });
    }

    private static JsonObject ConfigMap(string name, string @namespace, JsonObject data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = ClusterObjects.Metadata(name, @namespace, StableRandom.Uid($"configmap/{@namespace}/{name}").ToString(), 1, null, []),
        ["data"] = data,
    };

    private static JsonObject Project(JsonObject @namespace)
    {
        var name = @namespace.Text("metadata", "labels", "project.gardener.cloud/name")!;
        var project = new JsonObject
        {
            ["apiVersion"] = "core.gardener.cloud/v1beta1",
            ["kind"] = "Project",
            ["metadata"] = ClusterObjects.Metadata(name, null, StableRandom.Uid($"project/{name}").ToString(), @namespace.Number("metadata", "resourceVersion") ?? 1, null, []),
            ["spec"] = new JsonObject
            {
                ["namespace"] = @namespace.Text("metadata", "name"),
                ["members"] = new JsonArray(new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "User", ["name"] = "admin", ["role"] = "admin" }),
            },
            ["status"] = new JsonObject { ["phase"] = "Ready" },
        };
        project.Child("metadata")["creationTimestamp"] = @namespace.Text("metadata", "creationTimestamp");
        return project;
    }

    private static JsonObject Port(string name, int port, string protocol) => new() { ["name"] = name, ["port"] = port, ["protocol"] = protocol, ["targetPort"] = port };
}
