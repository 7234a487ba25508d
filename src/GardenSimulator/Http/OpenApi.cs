using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Http;

/// <summary>As much OpenAPI v3 as clients need to leave validation to the server.</summary>
internal static class OpenApi
{
    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force", "pretty"];

    public static JsonObject Index(IReadOnlyList<ResourceDefinition> catalog, string prefix)
    {
        var paths = new JsonObject();
        foreach (var path in catalog.Select(PathOf).Distinct())
        {
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{prefix}/openapi/v3/{path}?hash=1" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    public static JsonObject? Document(IReadOnlyList<ResourceDefinition> catalog, string path)
    {
        var members = catalog.Where(item => PathOf(item) == path).ToList();
        if (members.Count == 0)
        {
            return null;
        }

        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var item in members)
        {
            var kind = new JsonObject { ["group"] = item.Group, ["version"] = item.Version, ["kind"] = item.Kind };
            var schema = $"{(item.Group.Length == 0 ? "core" : item.Group)}.{item.Version}.{item.Kind}";
            schemas[schema] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = $"{item.Kind} of {item.GroupVersion}, as far as it is simulated.",
                ["properties"] = new JsonObject
                {
                    ["apiVersion"] = Text("Version of the schema."),
                    ["kind"] = Text("Kind of the object."),
                    ["metadata"] = new JsonObject { ["type"] = "object", ["description"] = "Standard object metadata." },
                    ["spec"] = Free("What is wanted."),
                    ["status"] = Free("What was seen."),
                },
                ["x-kubernetes-group-version-kind"] = new JsonArray(kind.DeepClone()),
            };
            var where = $"/{path}/{(item.Namespaced ? "namespaces/{namespace}/" : "")}{item.Plural}";
            paths[where] = new JsonObject { ["get"] = Operation("list", kind, schema), ["post"] = Operation("post", kind, schema) };
            paths[where + "/{name}"] = new JsonObject
            {
                ["get"] = Operation("get", kind, schema),
                ["put"] = Operation("put", kind, schema),
                ["patch"] = Operation("patch", kind, schema),
                ["delete"] = Operation("delete", kind, schema),
            };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Simulated garden", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static string PathOf(ResourceDefinition item) => item.Group.Length == 0 ? $"api/{item.Version}" : $"apis/{item.Group}/{item.Version}";

    private static JsonObject Operation(string action, JsonObject kind, string schema) => new()
    {
        ["parameters"] = new JsonArray([.. Parameters.Select(name => (JsonNode)new JsonObject
        {
            ["name"] = name,
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
        })]),
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "OK",
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } },
                },
            },
        },
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = kind.DeepClone(),
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Free(string description) => new()
    {
        ["type"] = "object",
        ["description"] = description,
        ["x-kubernetes-preserve-unknown-fields"] = true,
    };
}
