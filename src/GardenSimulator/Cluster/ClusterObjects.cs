using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>The objects of a shoot's cluster as its API shows them.</summary>
internal static class ClusterObjects
{
    public static JsonObject Node(JsonNode shoot, ShootState state, SimNode node)
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

        var metadata = Metadata(node.Name, null, node.Uid, node.Version, node.Created, labels);
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

    public static JsonObject Pod(SimPod pod) => new()
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

    public static JsonObject Service(JsonObject shoot, ShootState state, string name, string @namespace, int offset, int families, JsonArray ports, JsonObject? selector)
    {
        var addresses = NetworkRanges.ServiceAddresses(shoot, state, offset, families);
        var spec = new JsonObject
        {
            ["type"] = "ClusterIP",
            ["clusterIP"] = addresses[0],
            ["clusterIPs"] = JsonTree.TextArray(addresses),
            ["ipFamilies"] = JsonTree.TextArray(addresses.Select(address => address.Contains(':', StringComparison.Ordinal) ? Families.IPv6 : Families.IPv4)),
            ["ipFamilyPolicy"] = families == 2 ? "PreferDualStack" : "SingleStack",
            ["ports"] = ports,
            ["sessionAffinity"] = "None",
        };
        if (selector is not null)
        {
            spec["selector"] = selector;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = Metadata(name, @namespace, StableRandom.Uid($"{state.Uid}/service/{name}").ToString(), state.ObjectVersions.GetValueOrDefault($"services/{name}", 1), null, name == "kube-dns" ? new SortedDictionary<string, string> { ["k8s-app"] = "kube-dns" } : new SortedDictionary<string, string> { ["component"] = "apiserver" }),
            ["spec"] = spec,
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        };
    }

    public static JsonObject Deployment(ShootState state, string name, string @namespace, SortedDictionary<string, string> selector)
    {
        var pods = state.Pods.Count(pod => pod.Owner == name);
        var replicas = name == PodFactory.CoreDns ? 2 : 3;
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (name == PodFactory.CoreDns)
        {
            if (state.DnsRestartedAt is { } restarted)
            {
                annotations["gardener.cloud/restarted-at"] = restarted;
            }

            foreach (var (key, value) in state.DnsTemplateAnnotations)
            {
                annotations[key] = value;
            }
        }

        var restarting = state.Due.ContainsKey(TimerKind.DnsRestart) && name == PodFactory.CoreDns;
        var version = state.ObjectVersions.GetValueOrDefault($"deployments/{name}", 1);
        var generation = name == PodFactory.CoreDns ? state.DnsGeneration : 1;
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = WithGeneration(Metadata(name, @namespace, StableRandom.Uid($"{state.Uid}/deployment/{name}").ToString(), version, null, selector), generation),
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = JsonTree.TextMap(selector) },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["annotations"] = JsonTree.TextMap(annotations), ["labels"] = JsonTree.TextMap(selector) },
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = name, ["image"] = $"registry.example/{name}:1" }) },
                },
            },
            ["status"] = new JsonObject
            {
                ["observedGeneration"] = generation,
                ["replicas"] = pods,
                ["readyReplicas"] = pods,
                ["availableReplicas"] = pods,
                ["updatedReplicas"] = restarting ? 0 : pods,
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Available", ["status"] = pods > 0 ? "True" : "False" }),
            },
        };
    }

    public static JsonObject Budget(ShootState state, string @namespace, string name, bool blocks) => new()
    {
        ["apiVersion"] = "policy/v1",
        ["kind"] = "PodDisruptionBudget",
        ["metadata"] = Metadata(name, @namespace, StableRandom.Uid($"{state.Uid}/pdb/{@namespace}/{name}").ToString(), 1, null, []),
        ["spec"] = blocks
            ? new JsonObject { ["minAvailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } } }
            : new JsonObject { ["maxUnavailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["k8s-app"] = "kube-dns" } } },
        ["status"] = new JsonObject
        {
            ["currentHealthy"] = blocks ? 1 : 2,
            ["desiredHealthy"] = 1,
            ["disruptionsAllowed"] = blocks ? 0 : 1,
            ["expectedPods"] = blocks ? 1 : 2,
        },
    };

    public static JsonObject Namespace(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = Metadata(name, null, StableRandom.Uid($"ns/{name}").ToString(), 1, null, new SortedDictionary<string, string> { ["kubernetes.io/metadata.name"] = name }),
        ["status"] = new JsonObject { ["phase"] = "Active" },
    };

    public static JsonObject Metadata(string name, string? @namespace, string uid, long version, DateTimeOffset? created, SortedDictionary<string, string> labels)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        metadata["uid"] = uid;
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        metadata["creationTimestamp"] = KubeTime.Format(created ?? DateTimeOffset.UnixEpoch.AddYears(56));
        if (labels.Count > 0)
        {
            metadata["labels"] = JsonTree.TextMap(labels);
        }

        return metadata;
    }

    private static JsonObject PodMetadata(SimPod pod)
    {
        var labels = pod.Owner == PodFactory.CoreDns
            ? new SortedDictionary<string, string> { ["gardener.cloud/role"] = "system-component", ["k8s-app"] = "kube-dns" }
            : new SortedDictionary<string, string> { ["app"] = pod.Owner };
        var metadata = Metadata(pod.Name, pod.Namespace, pod.Uid, pod.Version, pod.Created, labels);
        var set = pod.Name[..pod.Name.LastIndexOf('-')];
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["name"] = set,
            ["uid"] = StableRandom.Uid($"replicaset/{set}").ToString(),
            ["controller"] = true,
        });
        return metadata;
    }

    private static JsonObject WithGeneration(JsonObject metadata, long generation)
    {
        metadata["generation"] = generation;
        return metadata;
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
