using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Objects as rows of a table.</summary>
internal static class Tables
{
    public static JsonObject Render(ResourceDefinition definition, IEnumerable<JsonObject> items, JsonObject metadata, string? includeObject, DateTimeOffset now)
    {
        var columns = new JsonArray(Column("Name", "string", 0, "name"));
        foreach (var column in definition.Columns.Where(column => column.Priority == 0))
        {
            columns.Add(Column(column.Name, column.Type, 0, string.Empty));
        }

        columns.Add(Column("Age", "string", 0, string.Empty));
        foreach (var column in definition.Columns.Where(column => column.Priority > 0))
        {
            columns.Add(Column(column.Name, column.Type, column.Priority, string.Empty));
        }

        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = columns,
            ["rows"] = new JsonArray([.. items.Select(item => (JsonNode)Row(definition, item, includeObject, now))]),
        };
    }

    private static JsonObject Row(ResourceDefinition definition, JsonObject item, string? includeObject, DateTimeOffset now)
    {
        var cells = new JsonArray(item.Text("metadata", "name"));
        foreach (var column in definition.Columns.Where(column => column.Priority == 0))
        {
            cells.Add(column.Value(item));
        }

        cells.Add(KubeTime.Age(KubeTime.Parse(item.Text("metadata", "creationTimestamp")), now));
        foreach (var column in definition.Columns.Where(column => column.Priority > 0))
        {
            cells.Add(column.Value(item));
        }

        var row = new JsonObject { ["cells"] = cells };
        if (includeObject != "None")
        {
            row["object"] = includeObject == "Object" ? item.DeepClone() : new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = item["metadata"]!.DeepClone(),
            };
        }

        return row;
    }

    private static JsonObject Column(string name, string type, int priority, string format) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["format"] = format,
        ["description"] = name,
        ["priority"] = priority,
    };
}
