using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Temporalio.DevServer.Inspection;

/// <summary>Payloads as people can read them.</summary>
internal static class PayloadText
{
    private const int Limit = 20_000;

    // Pages encode what they show; here people want to read it.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            return JsonSerializer.Serialize(document.RootElement, Readable);
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
