using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Changes in a shoot's cluster: nodes are labelled, cordoned and deleted, pods deleted, CoreDNS restarted.</summary>
internal static class ClusterWrites
{
    public static WriteResult Write(ApiRequest request, byte[] body, ShootWork work, ResourceDefinition definition)
    {
        var before = DerivedReads.Find(request, definition, DerivedResources.InCluster(work.Shoot, work.State, definition.Plural));
        var dryRun = ShootWrites.IsDryRun(request, body);
        switch (request.Verb, definition.Plural)
        {
            case ("patch", "nodes" or "deployments"):
                var after = Patches.Patch((JsonObject)before.DeepClone(), request.MediaType, body);
                if (after.Text("metadata", "resourceVersion") != before.Text("metadata", "resourceVersion"))
                {
                    throw ApiError.Modified(definition.Group, definition.Plural, request.Name!);
                }

                var changed = !JsonTree.Same(before, after);
                if (changed && !dryRun)
                {
                    Store(work, definition, before, after);
                    after = DerivedReads.Find(request, definition, DerivedResources.InCluster(work.Shoot, work.State, definition.Plural));
                }

                return new WriteResult(200, after) { Committed = !dryRun, Changed = changed, Object = after };
            case ("delete", "nodes" or "pods"):
                if (!dryRun)
                {
                    Delete(work, definition, request.Name!);
                }

                return new WriteResult(200, Deleted(before, definition)) { Committed = !dryRun, Object = before };
            default:
                throw ApiError.MethodNotAllowed();
        }
    }

    private static void Store(ShootWork work, ResourceDefinition definition, JsonObject before, JsonObject after)
    {
        var state = work.State;
        if (definition.Plural == "deployments")
        {
            RestartIfAsked(work, before, after);
            return;
        }

        var node = state.Nodes.Find(item => item.Name == after.Text("metadata", "name"))!;
        var labels = after.At("metadata", "labels") as JsonObject ?? [];
        foreach (var (key, value) in labels)
        {
            if (before.Text("metadata", "labels", key) != value.Text())
            {
                node.Labels[key] = value.Text();
            }
        }

        foreach (var key in (before.At("metadata", "labels") as JsonObject ?? []).Select(pair => pair.Key).Where(key => !labels.ContainsKey(key)))
        {
            node.Labels[key] = null;
        }

        node.Annotations = (after.At("metadata", "annotations") as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value.Text() ?? string.Empty);
        node.Unschedulable = after.Flag("spec", "unschedulable") == true;
        node.Taints = [.. after.Objects("spec", "taints")
            .Select(taint => new NodeTaint(taint.Text("key") ?? string.Empty, taint.Text("value"), taint.Text("effect") ?? "NoSchedule"))
            .Where(taint => taint.Key is not ("node.kubernetes.io/unschedulable" or "deployment.machine.sapcloud.io/prefer-no-schedule"))];
        node.Version = state.Touch();
        if (node.Annotations.GetValueOrDefault("node.machine.sapcloud.io/trigger-deletion-by-mcm") == "true")
        {
            Replace(work, node);
        }
    }

    private static void RestartIfAsked(ShootWork work, JsonObject before, JsonObject after)
    {
        var annotations = after.At("spec", "template", "metadata", "annotations") as JsonObject ?? [];
        if (after.Text("metadata", "name") == PodFactory.CoreDns && !JsonTree.Same(before.At("spec", "template"), after.At("spec", "template")))
        {
            foreach (var (key, value) in annotations.Where(pair => pair.Key != "gardener.cloud/restarted-at"))
            {
                work.State.DnsTemplateAnnotations[key] = value.Text() ?? string.Empty;
            }

            CoreDns.BeginRestart(work);
        }

        work.State.Touch($"deployments/{after.Text("metadata", "name")}");
    }

    private static void Delete(ShootWork work, ResourceDefinition definition, string name)
    {
        if (definition.Plural == "pods")
        {
            PodFactory.Delete(work, work.State.Pods.Find(pod => pod.Name == name)!);
            PodFactory.Ensure(work);
            return;
        }

        Replace(work, work.State.Nodes.Find(node => node.Name == name)!);
    }

    /// <summary>A node that goes takes its machine with it; the pool gets another one after a while.</summary>
    private static void Replace(ShootWork work, SimNode node)
    {
        NodeFactory.Leave(work, node);
        NodeRoller.Refill(work, node);
    }

    private static JsonObject Deleted(JsonObject item, ResourceDefinition definition)
    {
        var details = new JsonObject { ["name"] = item.Text("metadata", "name"), ["kind"] = definition.Plural, ["uid"] = item.Text("metadata", "uid") };
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }
}
