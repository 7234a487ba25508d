namespace Temporalio.Runtime;

public class MetricsOptions : ICloneable
{
    public MetricsOptions()
    {
    }

    public MetricsOptions(PrometheusOptions prometheus) => Prometheus = prometheus;

    public MetricsOptions(OpenTelemetryOptions openTelemetry) => OpenTelemetry = openTelemetry;

    public PrometheusOptions? Prometheus { get; set; }

    public OpenTelemetryOptions? OpenTelemetry { get; set; }

    public ICustomMetricMeter? CustomMetricMeter { get; set; }

    public CustomMetricMeterOptions? CustomMetricMeterOptions { get; set; }

    public bool AttachServiceName { get; set; } = true;

    public IReadOnlyCollection<KeyValuePair<string, string>>? GlobalTags { get; set; }

    public string? MetricPrefix { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
