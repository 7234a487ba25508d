using System.Globalization;

namespace Temporalio.DevServer.Inspection;

/// <summary>Instants and durations as people read them; always UTC.</summary>
internal static class Times
{
    public static Html Of(Timestamp? time)
    {
        if (time is null)
        {
            return Html.Empty;
        }

        var instant = time.ToDateTime();
        return Html.Of($"<time datetime=\"{Exactly(instant)}\">{instant.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</time>");
    }

    public static Html OfDay(DateTime instant) =>
        Html.Of($"<time datetime=\"{Exactly(instant)}\" title=\"{Exactly(instant)}\">{instant.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}</time>");

    public static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 1 } => FormattableString.Invariant($"{length.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => FormattableString.Invariant($"{length.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => FormattableString.Invariant($"{length.Minutes} min {length.Seconds} s"),
        { TotalDays: < 1 } => FormattableString.Invariant($"{length.Hours} h {length.Minutes} min"),
        _ => FormattableString.Invariant($"{(int)length.TotalDays} d {length.Hours} h"),
    };

    private static string Exactly(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
