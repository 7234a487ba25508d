using System.CommandLine.Parsing;
using System.Globalization;

namespace Dualstack.Starter.Cli;

/// <summary>Durations as people write them: 30d, 4h, 90m, 45s.</summary>
internal static class Durations
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is not { Length: > 1 } || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        duration = text[^1] switch
        {
            'd' => TimeSpan.FromDays(number),
            'h' => TimeSpan.FromHours(number),
            'm' => TimeSpan.FromMinutes(number),
            's' => TimeSpan.FromSeconds(number),
            _ => TimeSpan.Zero,
        };
        return duration > TimeSpan.Zero;
    }

    public static TimeSpan? Parse(ArgumentResult result)
    {
        if (TryParse(result.Tokens[0].Value, out var duration))
        {
            return duration;
        }

        result.AddError($"\"{result.Tokens[0].Value}\" is no duration; write for example 30d, 4h, 90m or 45s.");
        return null;
    }
}
