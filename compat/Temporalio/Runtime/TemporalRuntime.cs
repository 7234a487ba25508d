using Temporalio.Common;

namespace Temporalio.Runtime;

public sealed class TemporalRuntime
{
    private static readonly Lazy<TemporalRuntime> LazyDefault = new(() => new(new()));

    public TemporalRuntime(TemporalRuntimeOptions options)
    {
        if (options.WorkerHeartbeatInterval != null)
        {
            throw new NotSupportedException("The stand-in SDK sends no worker heartbeats: leave out TemporalRuntimeOptions.WorkerHeartbeatInterval.");
        }

        var metrics = options.Telemetry.Metrics;
        RequireOneKind(metrics);
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

    private static void RequireOneKind(MetricsOptions? metrics)
    {
        var kinds = metrics == null ? 1 : new object?[] { metrics.Prometheus, metrics.OpenTelemetry, metrics.CustomMetricMeter }.Count(kind => kind != null);
        if (kinds > 1)
        {
            throw new ArgumentException("Cannot have more than one of Prometheus, OpenTelemetry and CustomMetricMeter in MetricsOptions");
        }

        if (kinds == 0)
        {
            throw new ArgumentException("MetricsOptions must have one of Prometheus, OpenTelemetry and CustomMetricMeter");
        }
    }

    public static TemporalRuntime Default => LazyDefault.Value;

    public MetricMeter MetricMeter { get; }
}
