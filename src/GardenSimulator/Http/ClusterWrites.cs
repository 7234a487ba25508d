using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Changes in a shoot's cluster: objects are labelled and annotated, nodes cordoned, nodes and pods deleted, CoreDNS restarted.</summary>
internal static class ClusterWrites
{
    public static WriteResult Write(ApiRequest request, byte[] body, ShootWork work, ResourceDefinition definition)
    {
        var before = DerivedReads.Find(request, definition, DerivedResources.InCluster(work.Shoot, work.State, definition.Plural));
        var dryRun = ShootWrites.IsDryRun(request, body);
        switch (request.Verb, definition.Plural)
        {
            case ("patch", "nodes" or "deployments" or "pods" or "services"):
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
        switch (definition.Plural)
        {
            case "deployments":
                RestartIfAsked(work, before, after);
                return;
            case "pods" or "services":
                Annotate(state, definition, before, after);
                return;
        }

        var node = state.Nodes.Find(item => item.Name == after.Text("metadata", "name"))!;
        OwnMetadata.Take(node.Labels, before, after, "labels");
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

    private static void Annotate(ShootState state, ResourceDefinition definition, JsonObject before, JsonObject after)
    {
        var name = after.Text("metadata", "name")!;
        if (!JsonTree.Same(before["spec"], after["spec"]))
        {
            throw ApiError.Invalid(string.Empty, definition.Kind, name, [FieldError.Forbidden("spec", "a simulated cluster takes changes of labels and annotations only")]);
        }

        if (definition.Plural == "services")
        {
            state.Services.TryAdd(name, new OwnMetadata());
            state.Services[name].Take(before, after);
            state.Touch($"services/{name}");
            return;
        }

        var pod = state.Pods.Find(item => item.Name == name)!;
        pod.Own.Take(before, after);
        pod.Version = state.Touch();
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
