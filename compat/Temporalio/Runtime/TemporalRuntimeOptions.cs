namespace Temporalio.Runtime;

public class TemporalRuntimeOptions : ICloneable
{
    public TemporalRuntimeOptions()
    {
    }

    public TemporalRuntimeOptions(TelemetryOptions telemetry) => Telemetry = telemetry;

    public TelemetryOptions Telemetry { get; set; } = new();

    public TimeSpan? WorkerHeartbeatInterval { get; set; }

    public bool DisableEnvironmentInfo { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
