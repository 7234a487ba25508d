using System.Globalization;
using System.Text.Json;

namespace Temporalio.DevServer.Visibility;

/// <summary>Search attributes as the database compares them: numbers, texts, times in ticks.</summary>
internal static class SearchValues
{
    public static IReadOnlyList<(string Name, object Value)> Of(SearchAttributes? attributes)
    {
        if (attributes is null)
        {
            return [];
        }

        var values = new List<(string, object)>();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            var type = payload.Metadata.TryGetValue("type", out var text) ? ParseType(text.ToStringUtf8()) : IndexedValueType.Unspecified;
            foreach (var value in Decode(payload, type))
            {
                if (type == IndexedValueType.Text)
                {
                    values.AddRange(Words((string)value).Select(word => (name, (object)word)));
                }
                else
                {
                    values.Add((name, value));
                }
            }
        }

        return values;
    }

    public static IndexedValueType ParseType(string name) => name switch
    {
        "Text" or "INDEXED_VALUE_TYPE_TEXT" => IndexedValueType.Text,
        "Keyword" or "INDEXED_VALUE_TYPE_KEYWORD" => IndexedValueType.Keyword,
        "Int" or "INDEXED_VALUE_TYPE_INT" => IndexedValueType.Int,
        "Double" or "INDEXED_VALUE_TYPE_DOUBLE" => IndexedValueType.Double,
        "Bool" or "INDEXED_VALUE_TYPE_BOOL" => IndexedValueType.Bool,
        "Datetime" or "INDEXED_VALUE_TYPE_DATETIME" => IndexedValueType.Datetime,
        "KeywordList" or "INDEXED_VALUE_TYPE_KEYWORD_LIST" => IndexedValueType.KeywordList,
        _ => IndexedValueType.Unspecified,
    };

    /// <summary>Empty for null and empty lists, which mean "unset".</summary>
    /// <exception cref="FormatException">The payload does not fit the type.</exception>
    public static List<object> Decode(Payload payload, IndexedValueType type)
    {
        if (payload.Data.IsEmpty)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                return [.. root.EnumerateArray().Select(item => Scalar(item, type))];
            }

            return root.ValueKind == JsonValueKind.Null ? [] : [Scalar(root, type)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new FormatException($"the value is not {type}: {e.Message}", e);
        }
    }

    public static IEnumerable<string> Words(string text) =>
        text.ToUpperInvariant().Split([' ', '\t', '\n', '\r', '.', ',', ';', ':', '-', '/', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries);

    private static object Scalar(JsonElement element, IndexedValueType type) => type switch
    {
        _ when element.ValueKind == JsonValueKind.Null => throw new FormatException("a list must not hold null"),
        IndexedValueType.Int => element.GetInt64(),
        IndexedValueType.Double => element.GetDouble(),
        IndexedValueType.Bool => element.GetBoolean() ? 1L : 0L,
        IndexedValueType.Datetime => DateTimeOffset.Parse(element.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks,
        IndexedValueType.Unspecified => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.TryGetInt64(out var number) ? number : element.GetDouble(),
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            _ => element.GetRawText(),
        },
        _ => element.GetString()!,
    };
}
