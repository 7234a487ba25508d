using System.Collections;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Running;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Temporalio.Extensions.OpenTelemetry;

namespace Dualstack.Worker.Telemetry;

/// <summary>Traces and metrics by OpenTelemetry, exported where the standard OTEL_ variables say.</summary>
public static class TelemetryServices
{
    /// <summary>The names under which Temporal's clients, workflows and activities trace.</summary>
    public static string[] TraceSources { get; } =
        [TracingInterceptor.ClientSource.Name, TracingInterceptor.WorkflowsSource.Name, TracingInterceptor.ActivitiesSource.Name];

    /// <summary>Whether an OTLP endpoint is configured.</summary>
    /// <returns>False if nothing is to be exported.</returns>
    public static bool IsExporting() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Any(name => name.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal));

    /// <summary>Builds what exports, which reads the OTEL_ variables.</summary>
    /// <typeparam name="T">What is built.</typeparam>
    /// <param name="build">Builds it.</param>
    /// <returns>What was built.</returns>
    /// <exception cref="ConfigurationException">A variable cannot be used.</exception>
    public static T Build<T>(Func<T> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            return build();
        }
        catch (Exception e) when (IsExporting())
        {
            throw new ConfigurationException(
                $"The variables OTEL_EXPORTER_OTLP_… cannot be used: {e.Message.TrimEnd('.')}; correct them, or unset them to export nothing.", e);
        }
    }

    /// <summary>Names the service, unless the environment does.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">The name.</param>
    /// <returns>The resource.</returns>
    public static ResourceBuilder AddProduct(this ResourceBuilder resource, string name) => resource.AddService(
        Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? name, serviceVersion: ProductVersions.Product);

    /// <summary>OpenTelemetry looks for its variables in the host's configuration, under their own names.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> ReadVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(variable => variable.Key is string name && name.StartsWith("OTEL_", StringComparison.Ordinal))
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value));

    internal static OpenTelemetryBuilder AddWorkerTelemetry(this IServiceCollection services)
    {
        var exporting = IsExporting();
        return services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddProduct("dualstack-worker"))
            .WithTracing(tracing =>
            {
                tracing.AddSource(TraceSources);
                if (exporting)
                {
                    tracing.AddOtlpExporter();
                }
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(WorkerState.MeterName, "System.Net.Http", "System.Runtime");
                if (exporting)
                {
                    metrics.AddOtlpExporter();
                }
            });
    }
}
