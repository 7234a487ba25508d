namespace Dualstack.Starter.Output;

/// <summary>Durations for people: the two largest units at most.</summary>
internal static class TimeText
{
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalMinutes: < 1 } => $"{(int)duration.TotalSeconds}s",
        { TotalHours: < 1 } => Two(duration.Minutes, 'm', duration.Seconds, 's'),
        { TotalDays: < 1 } => Two(duration.Hours, 'h', duration.Minutes, 'm'),
        _ => Two((int)duration.TotalDays, 'd', duration.Hours, 'h'),
    };

    private static string Two(int large, char largeUnit, int small, char smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
