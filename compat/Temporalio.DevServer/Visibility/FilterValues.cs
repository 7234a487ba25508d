using System.Globalization;

namespace Temporalio.DevServer.Visibility;

/// <summary>Literals of a filter as the database compares them.</summary>
internal static class FilterValues
{
    private static readonly string[] StatusNames =
        ["Unspecified", "Running", "Completed", "Failed", "Canceled", "Terminated", "ContinuedAsNew", "TimedOut", "Paused"];

    /// <exception cref="FormatException">The literal does not fit the attribute.</exception>
    /// <exception cref="OverflowException">It is a number or duration beyond what the database can hold.</exception>
    public static object Parse(string name, IndexedValueType type, FilterToken token)
    {
        if (name == "ExecutionStatus")
        {
            return Status(token);
        }

        if (name == "ExecutionDuration")
        {
            return Duration(token.Text);
        }

        return type switch
        {
            IndexedValueType.Int => long.Parse(token.Text, CultureInfo.InvariantCulture),
            IndexedValueType.Double => double.Parse(token.Text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
                ? number
                : throw new FormatException(),
            IndexedValueType.Bool => bool.Parse(token.Text) ? 1L : 0L,
            IndexedValueType.Datetime => Time(token),
            IndexedValueType.Text => token.Kind == FilterTokenKind.Text ? token.Text : throw new FormatException(),
            _ => token.Kind == FilterTokenKind.Text ? token.Text : throw new FormatException(),
        };
    }

    public static string StatusName(long status) => status >= 0 && status < StatusNames.Length ? StatusNames[status] : "Unspecified";

    private static long Status(FilterToken token)
    {
        if (long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < StatusNames.Length)
        {
            return number;
        }

        var index = Array.FindIndex(StatusNames, name => name.Equals(token.Text, StringComparison.OrdinalIgnoreCase));
        return index > 0 ? index : throw new FormatException();
    }

    private static long Time(FilterToken token)
    {
        if (long.TryParse(token.Text, CultureInfo.InvariantCulture, out var nanos))
        {
            return DateTimeOffset.UnixEpoch.UtcTicks + (nanos / 100);
        }

        return DateTimeOffset.Parse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks;
    }

    /// <summary>Nanoseconds, "hh:mm:ss", or numbers with units such as "1h30m".</summary>
    private static long Duration(string text)
    {
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var nanos))
        {
            return nanos;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return checked(TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks * 100);
        }

        double total = 0;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            var value = double.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            start = at;
            while (at < text.Length && char.IsLetter(text[at]))
            {
                at++;
            }

            total += value * text[start..at] switch
            {
                "ns" => 1,
                "us" or "µs" => 1e3,
                "ms" => 1e6,
                "s" => 1e9,
                "m" => 60e9,
                "h" => 3600e9,
                "d" => 86400e9,
                _ => throw new FormatException(),
            };
        }

        return checked((long)total);
    }
}
