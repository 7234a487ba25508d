using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>JSON Patch, RFC 6902.</summary>
internal static class JsonPatch
{
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        foreach (var operation in operations.OfType<JsonObject>())
        {
            var path = operation.Text("path") ?? throw ApiError.BadRequest("a JSON patch operation has no path");
            switch (operation.Text("op"))
            {
                case "add":
                    Add(target, path, operation["value"]?.DeepClone());
                    break;
                case "remove":
                    Remove(target, path);
                    break;
                case "replace":
                    Remove(target, path);
                    Add(target, path, operation["value"]?.DeepClone());
                    break;
                case "move":
                    var moved = Find(target, From(operation))?.DeepClone();
                    Remove(target, From(operation));
                    Add(target, path, moved);
                    break;
                case "copy":
                    Add(target, path, Find(target, From(operation))?.DeepClone());
                    break;
                case "test":
                    if (!TryFind(target, path, out var found) && operation["value"] is not null)
                    {
                        throw Refused($"testing path {path} failed: missing value");
                    }

                    if (!JsonTree.Same(found, operation["value"]))
                    {
                        throw Refused($"testing value {path} failed");
                    }

                    break;
                default:
                    throw ApiError.BadRequest($"unknown JSON patch operation \"{operation.Text("op")}\"");
            }
        }

        return target;
    }

    private static string From(JsonObject operation) => operation.Text("from") ?? throw ApiError.BadRequest("a JSON patch operation that moves or copies has no from");

    private static JsonNode? Find(JsonNode root, string path) =>
        TryFind(root, path, out var found) ? found : throw Refused($"path {path} does not exist");

    private static bool TryFind(JsonNode root, string path, out JsonNode? found)
    {
        found = root;
        foreach (var step in Steps(path))
        {
            switch (found)
            {
                case JsonObject item when item.ContainsKey(step):
                    found = item[step];
                    break;
                case JsonArray array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Count:
                    found = array[index];
                    break;
                default:
                    found = null;
                    return false;
            }
        }

        return true;
    }

    private static void Add(JsonObject root, string path, JsonNode? value)
    {
        var (parent, last) = Parent(root, path);
        if (parent is JsonObject item)
        {
            item[last] = value;
        }
        else if (parent is JsonArray array)
        {
            if (last == "-")
            {
                array.Add(value);
            }
            else
            {
                array.Insert(Index(last, array.Count, path), value);
            }
        }
        else
        {
            throw Refused($"add operation does not apply: doc is missing path: \"{path}\": missing value");
        }
    }

    private static void Remove(JsonObject root, string path)
    {
        var (parent, last) = Parent(root, path);
        if (parent is JsonArray array)
        {
            array.RemoveAt(Index(last, array.Count - 1, path));
        }
        else if (parent is not JsonObject item || !item.Remove(last))
        {
            throw Refused($"remove operation does not apply: doc is missing path: \"{path}\": missing value");
        }
    }

    private static (JsonNode? Parent, string Last) Parent(JsonObject root, string path)
    {
        var steps = Steps(path);
        if (steps.Length == 0)
        {
            throw Refused("the whole document cannot be replaced");
        }

        TryFind(root, steps.Length == 1 ? string.Empty : path[..path.LastIndexOf('/')], out var parent);
        return (parent, steps[^1]);
    }

    private static int Index(string step, int most, string path) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= most
            ? index
            : throw Refused($"path {path}: index out of bounds");

    private static string[] Steps(string path) =>
        path.Length == 0 ? [] : [.. path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static ApiError Refused(string text) => new(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request",
        new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "UnexpectedServerResponse", ["message"] = text }) });
}
