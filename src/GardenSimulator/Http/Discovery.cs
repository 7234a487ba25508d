using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The documents by which clients find out what there is.</summary>
internal static class Discovery
{
    public const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    public static JsonObject Aggregated(IReadOnlyList<ResourceDefinition> catalog, bool core) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. catalog.Where(item => (item.Group.Length == 0) == core).GroupBy(item => item.Group).Select(group => (JsonNode)new JsonObject
        {
            ["metadata"] = group.Key.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group.Key },
            ["versions"] = new JsonArray([.. group.GroupBy(item => item.Version).Select(version => (JsonNode)new JsonObject
            {
                ["version"] = version.Key,
                ["freshness"] = "Current",
                ["resources"] = new JsonArray([.. version.Select(Describe)]),
            })]),
        })]),
    };

    public static JsonObject Versions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = JsonTree.TextArray(["v1"]),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    public static JsonObject Groups(IReadOnlyList<ResourceDefinition> catalog) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. catalog.Where(item => item.Group.Length > 0).GroupBy(item => item.Group).Select(group => (JsonNode)Group(group.Key, group))]),
    };

    public static JsonObject? Group(IReadOnlyList<ResourceDefinition> catalog, string name)
    {
        var members = catalog.Where(item => item.Group == name && name.Length > 0).ToList();
        if (members.Count == 0)
        {
            return null;
        }

        var group = Group(name, members);
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    public static JsonObject? Resources(IReadOnlyList<ResourceDefinition> catalog, string group, string version)
    {
        var members = catalog.Where(item => item.Group == group && item.Version == version).ToList();
        return members.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = members[0].GroupVersion,
            ["resources"] = new JsonArray([.. members.SelectMany(item => item.Subresources.Select(sub => (JsonNode)new JsonObject
            {
                ["name"] = $"{item.Plural}/{sub.Name}",
                ["singularName"] = "",
                ["namespaced"] = item.Namespaced,
                ["group"] = sub.Group,
                ["version"] = sub.Version,
                ["kind"] = sub.Kind,
                ["verbs"] = JsonTree.TextArray(sub.Verbs),
            }).Prepend(new JsonObject
            {
                ["name"] = item.Plural,
                ["singularName"] = item.Singular,
                ["namespaced"] = item.Namespaced,
                ["kind"] = item.Kind,
                ["verbs"] = JsonTree.TextArray(item.Verbs),
                ["shortNames"] = JsonTree.TextArray(item.ShortNames),
                ["categories"] = JsonTree.TextArray(item.Categories),
            }))]),
        };
    }

    private static JsonObject Group(string name, IEnumerable<ResourceDefinition> members)
    {
        var versions = members.Select(item => item.Version).Distinct()
            .Select(version => new JsonObject { ["groupVersion"] = $"{name}/{version}", ["version"] = version }).ToList();
        return new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. versions.Select(version => (JsonNode)version)]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static JsonNode Describe(ResourceDefinition item) => new JsonObject
    {
        ["resource"] = item.Plural,
        ["responseKind"] = ResponseKind(item.Group, item.Version, item.Kind),
        ["scope"] = item.Namespaced ? "Namespaced" : "Cluster",
        ["singularResource"] = item.Singular,
        ["verbs"] = JsonTree.TextArray(item.Verbs),
        ["shortNames"] = JsonTree.TextArray(item.ShortNames),
        ["categories"] = JsonTree.TextArray(item.Categories),
        ["subresources"] = new JsonArray([.. item.Subresources.Select(sub => (JsonNode)new JsonObject
        {
            ["subresource"] = sub.Name,
            ["responseKind"] = ResponseKind(sub.Group, sub.Version, sub.Kind),
            ["verbs"] = JsonTree.TextArray(sub.Verbs),
        })]),
    };

    private static JsonObject ResponseKind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };
}
