using System.Text.Json;

namespace Dualstack.Workflows;

/// <summary>Reads the payload of <see cref="MessageNames.NodeRolloutCompleted"/>, which may be anything: people type it into the Temporal UI.</summary>
public static class ClaimParser
{
    private const int TextLimit = 200;
    private const int PoolLimit = 20;

    /// <summary>Reads a payload.</summary>
    /// <param name="json">The payload's text; null for none.</param>
    /// <param name="requestId">The request id where the payload has none.</param>
    /// <param name="now">The time.</param>
    /// <returns>The claim. What was not understood is kept in it.</returns>
    public static ClaimVerdict Parse(string? json, string requestId, DateTimeOffset now)
    {
        var claim = new ClaimVerdict { RequestId = requestId, ClaimedAt = now };
        if (string.IsNullOrWhiteSpace(json))
        {
            return claim;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => claim,
                JsonValueKind.Object => Read(document.RootElement, claim, json),
                _ => claim with { NotUnderstood = Cut(json) },
            };
        }
        catch (JsonException)
        {
            return claim with { NotUnderstood = Cut(json) };
        }
    }

    private static ClaimVerdict Read(JsonElement element, ClaimVerdict claim, string json)
    {
        var understood = true;
        foreach (var property in element.EnumerateObject())
        {
            var read = Read(property, claim);
            understood &= read is not null;
            claim = read ?? claim;
        }

        return understood ? claim : claim with { NotUnderstood = Cut(json) };
    }

    private static ClaimVerdict? Read(JsonProperty property, ClaimVerdict claim)
    {
        try
        {
            return ReadText(property, claim);
        }
        catch (InvalidOperationException)
        {
            // JSON may spell half a character, which no text can hold.
            return null;
        }
    }

    private static ClaimVerdict? ReadText(JsonProperty property, ClaimVerdict claim) => property.Name.ToUpperInvariant() switch
    {
        "REQUESTID" or "REQUEST_ID" or "ID" when Text(property.Value) is { Length: > 0 } id => claim with { RequestId = id },
        "BY" or "WHO" when Text(property.Value) is { } by => claim with { By = by },
        "REASON" or "WHY" when Text(property.Value) is { } reason => claim with { Reason = reason },
        "POOL" or "POOLS" when Names(property.Value) is { } pools => claim with { Pools = pools },
        _ => null,
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Cut(value.GetString()!),
        JsonValueKind.Null => string.Empty,
        _ => null,
    };

    private static IReadOnlyList<string>? Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => Split(value.GetString()!),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => Cut(item.GetString()!)).Take(PoolLimit)],
        _ => null,
    };

    private static IReadOnlyList<string> Split(string names) =>
        [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Cut).Take(PoolLimit)];

    private static string Cut(string text)
    {
        if (text.Length <= TextLimit)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[TextLimit - 2]) ? TextLimit - 2 : TextLimit - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
