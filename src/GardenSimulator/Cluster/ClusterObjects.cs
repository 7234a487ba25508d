using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>The objects of a shoot's cluster as its API shows them.</summary>
internal static class ClusterObjects
{
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

        var labels = name == "kube-dns" ? new SortedDictionary<string, string> { ["k8s-app"] = "kube-dns" } : new SortedDictionary<string, string> { ["component"] = "apiserver" };
        var metadata = Metadata(
            name, @namespace, StableRandom.Uid($"{state.Uid}/service/{name}").ToString(), state.ObjectVersions.GetValueOrDefault($"services/{name}", 1), KubeTime.Parse(shoot.Text("metadata", "creationTimestamp")), labels);
        state.Services.GetValueOrDefault(name)?.Show(metadata);
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = metadata,
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

    private static JsonObject WithGeneration(JsonObject metadata, long generation)
    {
        metadata["generation"] = generation;
        return metadata;
    }
}
