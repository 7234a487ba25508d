using System.Text.Json;

namespace Temporalio.DevServer.Inspection;

/// <summary>Search attributes as chips of name and plain value.</summary>
internal static class Attributes
{
    public static Html Of(SearchAttributes? attributes)
    {
        var chips = (attributes?.IndexedFields ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Html.Of($"<span class=\"chip\"><span class=\"muted\">{pair.Key}</span> {Plain(pair.Value)}</span>")).ToList();
        return chips.Count == 0 ? Html.Empty : Html.Of($"<div class=\"chips\">{Html.Join(chips)}</div>");
    }

    /// <summary>Text without its quotes, lists without brackets.</summary>
    public static string Plain(Payload payload)
    {
        var text = PayloadText.Of(payload);
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.String => document.RootElement.GetString()!,
                JsonValueKind.Array => string.Join(", ", document.RootElement.EnumerateArray().Select(item => item.ToString())),
                _ => text,
            };
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
