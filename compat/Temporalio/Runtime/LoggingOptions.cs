namespace Temporalio.Runtime;

public class LoggingOptions : ICloneable
{
    public LoggingOptions()
    {
    }

    public LoggingOptions(TelemetryFilterOptions filter) => Filter = filter;

    public TelemetryFilterOptions Filter { get; set; } = new();

    public LogForwardingOptions? Forwarding { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
