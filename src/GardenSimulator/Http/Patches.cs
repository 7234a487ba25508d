using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Manifests;
using YamlDotNet.Core;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The four kinds of patches.</summary>
internal static class Patches
{
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    /// <summary>Lists that a strategic merge patch merges by key, by the name of their field.</summary>
    private static readonly Dictionary<string, string> MergeKeys = new(StringComparer.Ordinal)
    {
        ["workers"] = "name",
        ["conditions"] = "type",
        ["constraints"] = "type",
        ["containers"] = "name",
        ["taints"] = "key",
        ["ports"] = "port",
        ["extensions"] = "type",
        ["resources"] = "name",
    };

    public static JsonObject Patch(JsonObject target, string mediaType, byte[] body)
    {
        switch (mediaType)
        {
            case Json:
                return JsonPatch.Apply(target, Parse(body) as JsonArray ?? throw ApiError.BadRequest("a JSON patch must be a list of operations"));
            case Merge:
                MergeInto(target, ParseObject(body));
                return target;
            case Strategic:
                StrategicInto(target, ParseObject(body));
                return target;
            default:
                throw ApiError.UnsupportedMediaType(mediaType);
        }
    }

    public static JsonObject ParseObject(byte[] body) => Parse(body) as JsonObject ?? throw ApiError.BadRequest("the body must be an object");

    public static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            try
            {
                return YamlTree.Parse(Encoding.UTF8.GetString(body));
            }
            catch (Exception exception) when (exception is YamlException or ManifestException)
            {
                throw ApiError.BadRequest($"the body is neither JSON nor YAML: {exception.Message}");
            }
        }
    }

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject child:
                    MergeInto(target.Child(name), child);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }

    private static void StrategicInto(JsonObject target, JsonObject patch)
    {
        if (patch.Text("$patch") == "replace")
        {
            target.Clear();
        }

        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case var _ when name.StartsWith('$'):
                    if (name.StartsWith("$deleteFromPrimitiveList/", StringComparison.Ordinal) && target[name[(name.IndexOf('/') + 1)..]] is JsonArray primitives)
                    {
                        foreach (var gone in patch.Texts(name))
                        {
                            primitives.RemoveAll(item => item.Text() == gone);
                        }
                    }

                    break;
                case null:
                    target.Remove(name);
                    break;
                case JsonObject child when child.Text("$patch") == "delete":
                    target.Remove(name);
                    break;
                case JsonObject child:
                    StrategicInto(target.Child(name), child);
                    break;
                case JsonArray items when MergeKeys.TryGetValue(name, out var key) && target[name] is JsonArray present:
                    MergeList(present, items, key);
                    break;
                case JsonArray items when name == "finalizers" && target[name] is JsonArray present:
                    foreach (var item in items.Select(item => item.Text()!).Except(present.Select(item => item.Text()!)).ToList())
                    {
                        present.Add(item);
                    }

                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }

    private static void MergeList(JsonArray present, JsonArray items, string key)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            if (item.Text("$patch") == "replace")
            {
                present.Clear();
                continue;
            }

            var match = present.OfType<JsonObject>().FirstOrDefault(candidate => candidate.Text(key) is { } value && value == item.Text(key));
            if (item.Text("$patch") == "delete")
            {
                present.Remove(match);
            }
            else if (match is not null)
            {
                StrategicInto(match, item);
            }
            else
            {
                present.Add(item.DeepClone());
            }
        }
    }
}
