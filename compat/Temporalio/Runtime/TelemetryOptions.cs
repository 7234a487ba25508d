namespace Temporalio.Runtime;

public class TelemetryOptions : ICloneable
{
    public LoggingOptions? Logging { get; set; } = new();

    public MetricsOptions? Metrics { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
