using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Nodes as the cluster's API shows them.</summary>
internal static class NodeObjects
{
    public static JsonObject Render(JsonNode shoot, ShootState state, SimNode node)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/hostname"] = node.Name.Split('.')[0],
            ["kubernetes.io/os"] = "linux",
            ["node.kubernetes.io/instance-type"] = node.MachineType,
            ["node.kubernetes.io/role"] = "node",
            ["topology.kubernetes.io/region"] = shoot.Text("spec", "region") ?? string.Empty,
            ["topology.kubernetes.io/zone"] = node.Zone,
            ["worker.garden.sapcloud.io/group"] = node.Pool,
            ["worker.gardener.cloud/kubernetes-version"] = node.KubernetesVersion,
            ["worker.gardener.cloud/pool"] = node.Pool,
            ["worker.gardener.cloud/system-components"] = "true",
        };
        foreach (var (key, value) in node.Labels)
        {
            if (value is null)
            {
                labels.Remove(key);
            }
            else
            {
                labels[key] = value;
            }
        }

        var metadata = ClusterObjects.Metadata(node.Name, null, node.Uid, node.Version, node.Created, labels);
        if (node.Annotations.Count > 0)
        {
            metadata["annotations"] = JsonTree.TextMap(node.Annotations);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = metadata,
            ["spec"] = NodeSpec(state, node),
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray([
                    .. node.Addresses.Select(address => (JsonNode)new JsonObject { ["type"] = "InternalIP", ["address"] = address }),
                    new JsonObject { ["type"] = "Hostname", ["address"] = node.Name },
                ]),
                ["capacity"] = new JsonObject { ["cpu"] = "4", ["memory"] = "16Gi", ["pods"] = "110" },
                ["allocatable"] = new JsonObject { ["cpu"] = "3920m", ["memory"] = "14Gi", ["pods"] = "110" },
                ["conditions"] = new JsonArray(NodeCondition("Ready", "True", "KubeletReady", "kubelet is posting ready status", node.Created), NodeCondition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", node.Created)),
                ["nodeInfo"] = new JsonObject
                {
                    ["architecture"] = "amd64",
                    ["containerRuntimeVersion"] = "containerd://2.1.1",
                    ["kernelVersion"] = "6.12.40-cloud-amd64",
                    ["kubeletVersion"] = $"v{node.KubernetesVersion}",
                    ["operatingSystem"] = "linux",
                    ["osImage"] = "Garden Linux 1877.3",
                },
            },
        };
    }

    private static JsonObject NodeSpec(ShootState state, SimNode node)
    {
        var spec = new JsonObject { ["podCIDR"] = node.PodCidrs[0], ["podCIDRs"] = JsonTree.TextArray(node.PodCidrs), ["providerID"] = $"sim:///{state.Uid}/{node.Name}" };
        var taints = new JsonArray();
        if (node.Outdated)
        {
            taints.Add(new JsonObject { ["key"] = "deployment.machine.sapcloud.io/prefer-no-schedule", ["value"] = "True", ["effect"] = "PreferNoSchedule" });
        }

        if (node.Unschedulable)
        {
            spec["unschedulable"] = true;
            taints.Add(new JsonObject { ["key"] = "node.kubernetes.io/unschedulable", ["effect"] = "NoSchedule" });
        }

        foreach (var taint in node.Taints)
        {
            taints.Add(new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = taint.Effect });
        }

        if (taints.Count > 0)
        {
            spec["taints"] = taints;
        }

        return spec;
    }

    private static JsonObject NodeCondition(string type, string status, string reason, string message, DateTimeOffset since) => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["reason"] = reason,
        ["message"] = message,
        ["lastHeartbeatTime"] = KubeTime.Format(since),
        ["lastTransitionTime"] = KubeTime.Format(since),
    };
}
