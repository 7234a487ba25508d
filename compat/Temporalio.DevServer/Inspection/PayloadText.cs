using System.Text;
using System.Text.Json;

namespace Temporalio.DevServer.Inspection;

/// <summary>Payloads as people can read them.</summary>
internal static class PayloadText
{
    private const int Limit = 20_000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue("encoding", out var value) ? value.ToStringUtf8() : "";
        return encoding switch
        {
            "binary/null" => "null",
            "json/plain" or "json/protobuf" => Shortened(Json(payload.Data.ToStringUtf8())),
            _ => $"({encoding}, {payload.Data.Length} bytes) {Shortened(payload.Data.ToBase64())}",
        };
    }

    public static string Of(Payloads? payloads) =>
        payloads is null ? "" : string.Join(Environment.NewLine, payloads.Payloads_.Select(Of));

    private static string Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? JsonSerializer.Serialize(document.RootElement, Indented)
                : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Shortened(string text) =>
        text.Length <= Limit
            ? text
            : new StringBuilder(text, 0, Limit, Limit + 64).Append($"… ({text.Length - Limit} more characters)").ToString();
}
