using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dualstack.Gardener.Access;

/// <summary>Reads fields of YAML mappings; what has another shape than asked for counts as absent.</summary>
internal static class YamlFields
{
    public static YamlNode? Child(this YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    public static string? Text(this YamlMappingNode map, string key) => map.Child(key) is YamlScalarNode scalar && !IsNull(scalar) ? scalar.Value : null;

    public static bool Flag(this YamlMappingNode map, string key) => bool.TryParse(map.Text(key), out var flag) && flag;

    public static YamlMappingNode? Map(this YamlMappingNode map, string key) => map.Child(key) as YamlMappingNode;

    public static IEnumerable<YamlNode> Items(this YamlMappingNode map, string key) => map.Child(key) is YamlSequenceNode list ? list.Children : [];

    public static IEnumerable<string> Texts(this YamlMappingNode map, string key) =>
        map.Items(key).OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? string.Empty);

    public static JsonNode? ToJson(this YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), pair.Value.ToJson()))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        if (IsNull(scalar))
        {
            return null;
        }

        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return scalar.Value;
        }

        return scalar.Value switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            var text => text,
        };
    }

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";
}
