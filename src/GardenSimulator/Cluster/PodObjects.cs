using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Pods as the cluster's API shows them.</summary>
internal static class PodObjects
{
    public static JsonObject Render(SimPod pod) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = PodMetadata(pod),
        ["spec"] = new JsonObject
        {
            ["nodeName"] = pod.Node,
            ["containers"] = new JsonArray(new JsonObject { ["name"] = pod.Owner, ["image"] = $"registry.example/{pod.Owner}:1" }),
            ["restartPolicy"] = "Always",
        },
        ["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["podIP"] = pod.PodIPs.FirstOrDefault(),
            ["podIPs"] = new JsonArray([.. pod.PodIPs.Select(address => (JsonNode)new JsonObject { ["ip"] = address })]),
            ["startTime"] = KubeTime.Format(pod.Created),
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["lastTransitionTime"] = KubeTime.Format(pod.Created) }),
            ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = pod.Owner, ["image"] = $"registry.example/{pod.Owner}:1", ["ready"] = true, ["restartCount"] = 0 }),
        },
    };

    private static JsonObject PodMetadata(SimPod pod)
    {
        var labels = pod.Owner == PodFactory.CoreDns
            ? new SortedDictionary<string, string> { ["gardener.cloud/role"] = "system-component", ["k8s-app"] = "kube-dns" }
            : new SortedDictionary<string, string> { ["app"] = pod.Owner };
        var metadata = ClusterObjects.Metadata(pod.Name, pod.Namespace, pod.Uid, pod.Version, pod.Created, labels);
        var set = pod.Name[..pod.Name.LastIndexOf('-')];
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["name"] = set,
            ["uid"] = StableRandom.Uid($"replicaset/{set}").ToString(),
            ["controller"] = true,
        });
        pod.Own.Show(metadata);
        return metadata;
    }
}
