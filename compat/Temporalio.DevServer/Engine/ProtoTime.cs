namespace Temporalio.DevServer.Engine;

internal static class ProtoTime
{
    public static Timestamp Stamp(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    public static Timestamp? Stamp(this DateTimeOffset? time) => time is { } value ? Timestamp.FromDateTimeOffset(value) : null;

    public static ProtoDuration Proto(this TimeSpan span) => ProtoDuration.FromTimeSpan(span);

    /// <summary>The span that a message carries; unset and negative are zero.</summary>
    public static TimeSpan Span(this ProtoDuration? duration)
    {
        if (duration is null || duration.Seconds < 0 || duration.Nanos < 0)
        {
            return TimeSpan.Zero;
        }

        // Far beyond any deadline that could still be computed with.
        return duration.Seconds > 100L * 365 * 24 * 3600
            ? TimeSpan.FromDays(36_500)
            : new TimeSpan((duration.Seconds * TimeSpan.TicksPerSecond) + (duration.Nanos / TimeSpan.NanosecondsPerTick));
    }
}
