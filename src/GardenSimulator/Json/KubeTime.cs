using System.Globalization;

namespace Dualstack.GardenSimulator.Json;

/// <summary>Timestamps as Kubernetes writes them: UTC, whole seconds.</summary>
internal static class KubeTime
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>An age as kubectl's tables show it, e.g. 5d3h, 42m, 7s.</summary>
    public static string Age(DateTimeOffset? since, DateTimeOffset now)
    {
        if (since is not { } start)
        {
            return "<unknown>";
        }

        var age = now - start;
        return age switch
        {
            { TotalSeconds: < 0 } => "0s",
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds}s"),
            { TotalMinutes: < 10 } => Pair((int)age.TotalMinutes, "m", age.Seconds, "s"),
            { TotalHours: < 3 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
            { TotalHours: < 8 } => Pair((int)age.TotalHours, "h", age.Minutes, "m"),
            { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
            { TotalDays: < 8 } => Pair((int)age.TotalDays, "d", age.Hours, "h"),
            { TotalDays: < 730 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d"),
            _ => Pair((int)(age.TotalDays / 365), "y", (int)(age.TotalDays % 365), "d"),
        };
    }

    private static string Pair(int major, string majorUnit, int minor, string minorUnit) =>
        minor == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{major}{majorUnit}")
            : string.Create(CultureInfo.InvariantCulture, $"{major}{majorUnit}{minor}{minorUnit}");
}
