using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using k8s.Autorest;

namespace Dualstack.Gardener.Access;

/// <summary>Puts into a sentence that a server refused credentials or that a right is missing.</summary>
public static partial class AccessRefusal
{
    /// <summary>Explains an answer.</summary>
    /// <param name="api">Which API answered, such as "the garden".</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The explanation, naming the missing verb and resource; null if the answer is no refusal by the server's access rules.</returns>
    public static GardenAccessException? Explain(string api, HttpOperationException answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Response?.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new GardenAccessException(
                GardenAccessProblem.Unauthorized, $"The credentials were not accepted by {api} (401); renew them and try again.", answer),
            HttpStatusCode.Forbidden when Rule().Match(Message(answer.Response.Content)) is { Success: true } refused => new GardenAccessException(
                GardenAccessProblem.Forbidden, Missing(api, refused), answer),
            _ => null,
        };
    }

    private static string Missing(string api, Match refused)
    {
        var (group, space) = (refused.Groups["group"].Value, refused.Groups["namespace"].Value);
        return $"{refused.Groups["user"].Value} lacks the right to {refused.Groups["verb"].Value} {refused.Groups["resource"].Value}"
            + (group.Length > 0 ? $".{group}" : string.Empty)
            + (space.Length > 0 ? $" in namespace {space}" : string.Empty)
            + $" of {api}; ask its administrator for it.";
    }

    private static string Message(string? body)
    {
        try
        {
            using var status = JsonDocument.Parse(body ?? string.Empty);
            return status.RootElement.TryGetProperty("message", out var message) ? message.GetString() ?? string.Empty : string.Empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy in between answers in prose or HTML.
            return string.Empty;
        }
    }

    // The authorizer's words; refusals by admission, also 403, have others.
    [GeneratedRegex(
        "(?<user>User \"[^\"]*\") cannot (?<verb>\\w+) resource \"(?<resource>[^\"]+)\" in API group \"(?<group>[^\"]*)\"(?: in the namespace \"(?<namespace>[^\"]+)\")?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
