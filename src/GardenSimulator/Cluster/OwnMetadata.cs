using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Labels and annotations that somebody added to, changed on or removed from an object of a cluster.</summary>
internal sealed class OwnMetadata
{
    /// <summary>Null removes a label.</summary>
    public Dictionary<string, string?> Labels { get; set; } = [];

    /// <summary>Null removes an annotation.</summary>
    public Dictionary<string, string?> Annotations { get; set; } = [];

    /// <summary>Notes what changed from one state of an object to another.</summary>
    public void Take(JsonNode before, JsonNode after)
    {
        Take(Labels, before, after, "labels");
        Take(Annotations, before, after, "annotations");
    }

    /// <summary>Puts what was noted into the metadata that the object has by itself.</summary>
    public void Show(JsonObject metadata)
    {
        Show(Labels, metadata, "labels");
        Show(Annotations, metadata, "annotations");
    }

    public static void Take(Dictionary<string, string?> own, JsonNode before, JsonNode after, string map)
    {
        var wanted = after.At("metadata", map) as JsonObject ?? [];
        foreach (var (key, value) in wanted)
        {
            if (before.Text("metadata", map, key) != value.Text())
            {
                own[key] = value.Text();
            }
        }

        foreach (var key in (before.At("metadata", map) as JsonObject ?? []).Select(pair => pair.Key).Where(key => !wanted.ContainsKey(key)))
        {
            own[key] = null;
        }
    }

    private static void Show(Dictionary<string, string?> own, JsonObject metadata, string map)
    {
        foreach (var (key, value) in own)
        {
            if (value is not null)
            {
                metadata.Child(map)[key] = value;
            }
            else if (metadata[map] is JsonObject present)
            {
                present.Remove(key);
            }
        }
    }
}
