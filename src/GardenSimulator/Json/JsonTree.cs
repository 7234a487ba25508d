using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Json;

/// <summary>Short ways through a JSON tree whose shape is known but whose parts may be absent.</summary>
internal static class JsonTree
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value
            ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
            : null;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        long.TryParse(node.Text(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        bool.TryParse(node.Text(path), out var flag) ? flag : null;

    public static List<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? [.. array.Select(item => item.Text() ?? string.Empty)] : [];

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? array.OfType<JsonObject>() : [];

    /// <summary>The object at the path; missing ones (also nulls) are created on the way.</summary>
    public static JsonObject Child(this JsonObject node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (node[step] is not JsonObject child)
            {
                node[step] = child = [];
            }

            node = child;
        }

        return node;
    }

    public static JsonArray TextArray(IEnumerable<string> items) => [.. items.Select(item => (JsonNode?)JsonValue.Create(item))];

    public static JsonObject TextMap(IEnumerable<KeyValuePair<string, string>> items)
    {
        var map = new JsonObject();
        foreach (var (key, value) in items)
        {
            map[key] = value;
        }

        return map;
    }

    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    public static byte[] ToUtf8(this JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Compact);

    /// <summary>Escapes no more than JSON asks for, as Go's encoder does for these objects.</summary>
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
