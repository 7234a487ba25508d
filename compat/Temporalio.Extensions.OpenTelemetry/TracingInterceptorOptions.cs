using OpenTelemetry.Context.Propagation;

namespace Temporalio.Extensions.OpenTelemetry;

public class TracingInterceptorOptions : ICloneable
{
    public string HeaderKey { get; set; } = "_tracer-data";

    public TextMapPropagator Propagator { get; set; } = Propagators.DefaultTextMapPropagator;

    public string? TagNameWorkflowId { get; set; } = "temporalWorkflowID";

    public string? TagNameRunId { get; set; } = "temporalRunID";

    public string? TagNameActivityId { get; set; } = "temporalActivityID";

    public string? TagNameUpdateId { get; set; } = "temporalUpdateID";

    public virtual object Clone() => MemberwiseClone();
}
