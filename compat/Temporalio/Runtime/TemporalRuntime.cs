using Temporalio.Common;

namespace Temporalio.Runtime;

public sealed class TemporalRuntime
{
    private static readonly Lazy<TemporalRuntime> LazyDefault = new(() => new(new()));

    public TemporalRuntime(TemporalRuntimeOptions options)
    {
        var metrics = options.Telemetry.Metrics;
        if (metrics?.Prometheus != null || metrics?.OpenTelemetry != null)
        {
            throw new NotSupportedException(
                "The stand-in SDK exports no metrics by itself (MetricsOptions.Prometheus, MetricsOptions.OpenTelemetry): give MetricsOptions.CustomMetricMeter.");
        }

        if (options.Telemetry.Logging?.Forwarding != null)
        {
            throw new NotSupportedException("The stand-in SDK has no native core whose logs could be forwarded (LoggingOptions.Forwarding).");
        }

        MetricMeter = metrics?.CustomMetricMeter is { } custom ? new CustomMetricMeterAdapter(custom, metrics) : NoopMetricMeter.Instance;
    }

    public static TemporalRuntime Default => LazyDefault.Value;

    public MetricMeter MetricMeter { get; }
}
