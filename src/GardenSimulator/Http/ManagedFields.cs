using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Notes who applied which fields. Conflicts between appliers are not detected.</summary>
internal static class ManagedFields
{
    public static void Note(JsonObject target, JsonObject applied, string manager, DateTimeOffset now)
    {
        var metadata = target.Child("metadata");
        if (metadata["managedFields"] is not JsonArray entries)
        {
            metadata["managedFields"] = entries = [];
        }

        var fields = Fields(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = applied.At("metadata", "annotations")?.DeepClone(),
                ["labels"] = applied.At("metadata", "labels")?.DeepClone(),
            },
            ["spec"] = applied["spec"]?.DeepClone(),
        });
        var present = entries.OfType<JsonObject>().FirstOrDefault(entry => entry.Text("manager") == manager);
        if (present is not null && JsonTree.Same(present["fieldsV1"], fields))
        {
            return;
        }

        entries.Remove(present);
        entries.Add(new JsonObject
        {
            ["manager"] = manager,
            ["operation"] = "Apply",
            ["apiVersion"] = applied.Text("apiVersion"),
            ["time"] = KubeTime.Format(now),
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = fields,
        });
    }

    private static JsonObject Fields(JsonNode node)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in node is JsonObject item ? item : [])
        {
            if (value is not null)
            {
                fields["f:" + name] = Fields(value);
            }
        }

        return fields;
    }
}
