namespace Temporalio.Runtime;

public class TelemetryFilterOptions : ICloneable
{
    public TelemetryFilterOptions()
        : this(Level.Warn, Level.Error)
    {
    }

    public TelemetryFilterOptions(Level core, Level other)
    {
        Core = core;
        Other = other;
    }

    public enum Level
    {
        Trace = 0,
        Debug = 1,
        Info = 2,
        Warn = 3,
        Error = 4,
    }

    public Level Core { get; set; }

    public Level Other { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
