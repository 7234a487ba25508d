using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Common;

/// <summary>Search attributes on the wire: JSON that no codec touches, with the attribute's type beside it.</summary>
internal static class SearchAttributePayloads
{
    private const string LegacyTypePrefix = "INDEXED_VALUE_TYPE_";

    internal static Payload ToPayload(SearchAttributeKey key, object value) => new()
    {
        Metadata =
        {
            ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
            ["type"] = ByteString.CopyFromUtf8(key.ValueType.ToString()),
        },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(ToJsonValue(value))),
    };

    internal static (SearchAttributeKey Key, object Value)? FromPayload(string name, Payload payload)
    {
        if (!payload.Metadata.TryGetValue("type", out var typeBytes) || payload.Data.IsEmpty ||
            SearchAttributeKey.Create(name, ParseType(typeBytes.ToStringUtf8())) is not { } key)
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload.Data.Memory);
        return Read(document.RootElement, key.ValueType) is { } value ? (key, value) : null;
    }

    /// <summary>A value that stands alone, as groups of counts have it.</summary>
    internal static object UntypedValue(Payload payload)
    {
        if (FromPayload("value", payload) is var (_, value))
        {
            return value;
        }

        using var document = JsonDocument.Parse(payload.Data.Memory);
        return document.RootElement.ValueKind == JsonValueKind.String
            ? document.RootElement.GetString()!
            : document.RootElement.Clone();
    }

    private static IndexedValueType ParseType(string text)
    {
        text = text.StartsWith(LegacyTypePrefix, StringComparison.Ordinal)
            ? text[LegacyTypePrefix.Length..].Replace("_", string.Empty, StringComparison.Ordinal)
            : text;
        return Enum.TryParse<IndexedValueType>(text, true, out var type) ? type : IndexedValueType.Unspecified;
    }

    private static object ToJsonValue(object value) => value switch
    {
        // Written with a Z: comparisons by text in other tools then still order by time.
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => value,
    };

    private static object? Read(JsonElement json, IndexedValueType type)
    {
        if (json.ValueKind == JsonValueKind.Array && type != IndexedValueType.KeywordList)
        {
            // Old servers wrote single values as lists of one.
            if (json.GetArrayLength() != 1)
            {
                return null;
            }

            json = json[0];
        }

        return (type, json.ValueKind) switch
        {
            (_, JsonValueKind.Null or JsonValueKind.Undefined) => null,
            (IndexedValueType.Text or IndexedValueType.Keyword, JsonValueKind.String) => json.GetString(),
            (IndexedValueType.Int, JsonValueKind.Number) => json.TryGetInt64(out var number) ? number : (long)json.GetDouble(),
            (IndexedValueType.Double, JsonValueKind.Number) => json.GetDouble(),
            (IndexedValueType.Bool, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
            (IndexedValueType.Datetime, JsonValueKind.String) => DateTimeOffset.Parse(
                json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            (IndexedValueType.KeywordList, JsonValueKind.Array) => json.GetArrayLength() == 0
                ? null
                : (IReadOnlyCollection<string>)[.. json.EnumerateArray().Select(e => e.GetString()!)],
            (IndexedValueType.KeywordList, JsonValueKind.String) => (IReadOnlyCollection<string>)[json.GetString()!],
            _ => throw new InvalidOperationException($"A search attribute of type {type} cannot be read from JSON of kind {json.ValueKind}."),
        };
    }
}
