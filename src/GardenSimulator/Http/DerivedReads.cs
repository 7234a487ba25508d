using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Gets and lists objects that are computed when asked for.</summary>
internal static class DerivedReads
{
    public static ApiAnswer Get(ApiRequest request, ResourceDefinition definition, IEnumerable<JsonObject> all, DateTimeOffset now)
    {
        var found = Find(request, definition, all);
        return request.WantsTable
            ? ApiAnswer.Of(200, Tables.Render(definition, [found], [], request.Query("includeObject"), now))
            : ApiAnswer.Of(200, found);
    }

    public static JsonObject Find(ApiRequest request, ResourceDefinition definition, IEnumerable<JsonObject> all) =>
        all.FirstOrDefault(item => item.Text("metadata", "name") == request.Name && (!definition.Namespaced || item.Text("metadata", "namespace") == request.Namespace))
        ?? throw ApiError.NotFound(definition.Group, definition.Plural, request.Name!);

    public static ApiAnswer List(ApiRequest request, ResourceDefinition definition, IEnumerable<JsonObject> all, long version, DateTimeOffset now)
    {
        var items = Matching(request, definition, all).ToList();
        var metadata = ShootReads.Metadata(version);

        // These lists are short-lived computations: a page's position is its whole token.
        var position = int.TryParse(request.Query("continue"), out var start) ? start : 0;
        var limit = int.TryParse(request.Query("limit"), out var given) && given > 0 ? given : int.MaxValue;
        var page = items.Skip(position).Take(limit).ToList();
        if (items.Count > position + page.Count)
        {
            metadata["continue"] = $"{position + page.Count}";
        }

        return ApiAnswer.Of(200, request.WantsTable
            ? Tables.Render(definition, page, metadata, request.Query("includeObject"), now)
            : new JsonObject
            {
                ["kind"] = definition.Kind + "List",
                ["apiVersion"] = definition.GroupVersion,
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. page.Select(item => (JsonNode)item)]),
            });
    }

    public static IEnumerable<JsonObject> Matching(ApiRequest request, ResourceDefinition definition, IEnumerable<JsonObject> all)
    {
        var selector = request.Selector;
        return all.Where(item => (!definition.Namespaced || request.Namespace is null || item.Text("metadata", "namespace") == request.Namespace)
            && (selector.IsEmpty || selector.Matches(Labels(item), Fields(item))));
    }

    private static Dictionary<string, string> Labels(JsonObject item) =>
        (item.At("metadata", "labels") as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value.Text() ?? string.Empty, StringComparer.Ordinal);

    private static Dictionary<string, string> Fields(JsonObject item) => new(StringComparer.Ordinal)
    {
        ["metadata.name"] = item.Text("metadata", "name") ?? string.Empty,
        ["metadata.namespace"] = item.Text("metadata", "namespace") ?? string.Empty,
        ["spec.nodeName"] = item.Text("spec", "nodeName") ?? string.Empty,
        ["spec.unschedulable"] = item.Text("spec", "unschedulable") ?? "false",
        ["status.phase"] = item.Text("status", "phase") ?? string.Empty,
    };
}
