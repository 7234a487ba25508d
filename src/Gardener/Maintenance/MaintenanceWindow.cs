using System.Globalization;
using System.Text.RegularExpressions;

namespace Dualstack.Gardener.Maintenance;

/// <summary>A daily window of time, in UTC. Both ends belong to it; it may cross midnight.</summary>
/// <param name="Begin">Time of day at which it begins, UTC.</param>
/// <param name="End">Time of day at which it ends, UTC, inclusive.</param>
public readonly partial record struct MaintenanceWindow(TimeOnly Begin, TimeOnly End)
{
    /// <summary>The whole day, what a shoot without a window has.</summary>
    public static readonly MaintenanceWindow Always = new(TimeOnly.MinValue, new TimeOnly(23, 59, 59));

    /// <summary>How long it is; at most a day.</summary>
    public TimeSpan Length => End > Begin ? End - Begin : TimeSpan.FromDays(1) - (Begin - End);

    /// <summary>Reads the ends of a window as Gardener writes them, for example <c>220000+0100</c>.</summary>
    /// <param name="begin">The begin; each end may have its own offset.</param>
    /// <param name="end">The end.</param>
    /// <param name="window">The window, if both could be read.</param>
    /// <returns>Whether both could be read.</returns>
    public static bool TryParse(string? begin, string? end, out MaintenanceWindow window)
    {
        window = default;
        if (!TryParseTime(begin, out var from) || !TryParseTime(end, out var to))
        {
            return false;
        }

        window = new MaintenanceWindow(from, to);
        return true;
    }

    /// <summary>Whether a moment lies in the window, to the second.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>True from the first to the last second of it.</returns>
    public bool Contains(DateTimeOffset moment)
    {
        var time = OfDay(moment);
        return End < Begin ? time <= End || time >= Begin : Begin <= time && time <= End;
    }

    /// <summary>When the window opens next; the moment itself if it is open.</summary>
    /// <param name="moment">From when on to look.</param>
    /// <returns>A moment not before <paramref name="moment"/>.</returns>
    public DateTimeOffset NextOpening(DateTimeOffset moment)
    {
        if (Contains(moment))
        {
            return moment;
        }

        var utc = moment.ToUniversalTime();
        var today = new DateTimeOffset(utc.Date, TimeSpan.Zero) + Begin.ToTimeSpan();
        return today >= utc ? today : today.AddDays(1);
    }

    /// <summary>How much of the window is left.</summary>
    /// <param name="moment">The moment from which it counts.</param>
    /// <returns>Zero outside of the window.</returns>
    public TimeSpan Remaining(DateTimeOffset moment)
    {
        if (!Contains(moment))
        {
            return TimeSpan.Zero;
        }

        var left = End.ToTimeSpan() - OfDay(moment).ToTimeSpan();
        return left >= TimeSpan.Zero ? left : left + TimeSpan.FromDays(1);
    }

    private static TimeOnly OfDay(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return new TimeOnly(utc.Hour, utc.Minute, utc.Second);
    }

    private static bool TryParseTime(string? text, out TimeOnly time)
    {
        time = default;
        if (Written().Match(text ?? string.Empty) is not { Success: true } match)
        {
            return false;
        }

        int Part(string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        if (Part("h") > 23 || Part("m") > 59 || Part("s") > 59 || Part("oh") > 24 || Part("om") > 59)
        {
            return false;
        }

        var offset = new TimeSpan(Part("oh"), Part("om"), 0);
        time = new TimeOnly(Part("h"), Part("m"), Part("s")).Add(match.Groups["sign"].Value == "+" ? -offset : offset);
        return true;
    }

    [GeneratedRegex(@"^(?<h>\d\d)(?<m>\d\d)(?<s>\d\d)(?<sign>[+-])(?<oh>\d\d)(?<om>\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
