using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>
/// Histories as the Temporal CLI and UI write them: protobuf JSON. Old tools wrote enum values in camel case
/// ("WorkflowExecutionStarted"), which protobuf does not read, so those are given their full names first.
/// </summary>
internal static class HistoryJson
{
    // What this build does not know of newer servers is left out, not refused.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    internal static string Format(History history) => JsonFormatter.Default.Format(history);

    internal static History Parse(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject history || history["events"] is not JsonArray)
        {
            throw new ArgumentException("The history has no list 'events'. Export it with 'temporal workflow show --output json'.", nameof(json));
        }

        FixMessage(history, History.Descriptor);
        return Parser.Parse<History>(history.ToJsonString());
    }

    private static void FixMessage(JsonObject json, MessageDescriptor descriptor)
    {
        if (descriptor.File.Package == "google.protobuf")
        {
            return;
        }

        foreach (var (name, value) in json.ToList())
        {
            var field = descriptor.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name || f.Name == name);
            if (field == null || value == null)
            {
                continue;
            }

            if (field.IsMap && value is JsonObject map)
            {
                var valueField = field.MessageType.FindFieldByNumber(2);
                foreach (var (key, item) in map.ToList())
                {
                    Fix(map, key, item, valueField);
                }
            }
            else if (field.IsRepeated && value is JsonArray array)
            {
                for (var i = 0; i < array.Count; i++)
                {
                    FixItem(array, i, field);
                }
            }
            else
            {
                Fix(json, name, value, field);
            }
        }
    }

    private static void Fix(JsonObject owner, string name, JsonNode? value, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message && value is JsonObject message)
        {
            FixMessage(message, field.MessageType);
        }
        else if (field.FieldType == FieldType.Enum && EnumName(value, field.EnumType) is { } fixedName)
        {
            owner[name] = fixedName;
        }
    }

    private static void FixItem(JsonArray owner, int index, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message && owner[index] is JsonObject message)
        {
            FixMessage(message, field.MessageType);
        }
        else if (field.FieldType == FieldType.Enum && EnumName(owner[index], field.EnumType) is { } fixedName)
        {
            owner[index] = fixedName;
        }
    }

    private static string? EnumName(JsonNode? value, EnumDescriptor type)
    {
        if (value is not JsonValue json || !json.TryGetValue<string>(out var text) || type.FindValueByName(text) != null)
        {
            return null;
        }

        var full = UpperSnake(type.Name) + "_" + UpperSnake(text);
        return type.FindValueByName(full) == null ? null : full;
    }

    private static string UpperSnake(string camel)
    {
        var text = new StringBuilder(camel.Length + 8);
        for (var i = 0; i < camel.Length; i++)
        {
            if (i > 0 && char.IsUpper(camel[i]) && !char.IsUpper(camel[i - 1]))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(camel[i]));
        }

        return text.ToString();
    }
}
