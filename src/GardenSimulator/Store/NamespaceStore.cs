using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Store;

/// <summary>The garden's namespaces; those of projects are told by their name.</summary>
internal sealed class NamespaceStore
{
    private const string ProjectPrefix = "garden-";
    private readonly SortedDictionary<string, JsonObject> byName = new(StringComparer.Ordinal);

    public IEnumerable<JsonObject> All => byName.Values;

    /// <summary>Those that are not on disk yet.</summary>
    public List<JsonObject> New { get; } = [];

    public bool Contains(string name) => byName.ContainsKey(name);

    public void Restore(IEnumerable<JsonObject> items)
    {
        foreach (var item in items)
        {
            byName[item.Text("metadata", "name")!] = item;
        }
    }

    public void Ensure(Garden garden, string name, JsonObject? given = null)
    {
        if (Contains(name))
        {
            return;
        }

        var item = given ?? [];
        item["apiVersion"] = "v1";
        item["kind"] = "Namespace";
        var metadata = item.Child("metadata");
        metadata["name"] = name;
        metadata["uid"] = StableRandom.Uid($"namespace/{name}").ToString();
        metadata["resourceVersion"] = garden.Shoots.NextVersion().ToString(CultureInfo.InvariantCulture);
        metadata["creationTimestamp"] = KubeTime.Format(garden.Now);
        var labels = item.Child("metadata", "labels");
        labels["kubernetes.io/metadata.name"] = name;
        if (name.StartsWith(ProjectPrefix, StringComparison.Ordinal))
        {
            labels["gardener.cloud/role"] = "project";
            labels["project.gardener.cloud/name"] = name[ProjectPrefix.Length..];
        }

        item["spec"] = new JsonObject { ["finalizers"] = JsonTree.TextArray(["kubernetes"]) };
        item["status"] = new JsonObject { ["phase"] = "Active" };
        byName[name] = item;
        New.Add(item);
    }
}
