using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Activities;

public class ActivityExecutionContext
{
    private readonly Func<MetricMeter> metricMeter;
    private readonly ITemporalClient? temporalClient;

    internal ActivityExecutionContext(
        ActivityInfo info,
        CancellationToken cancellationToken,
        CancellationToken workerShutdownToken,
        ILogger logger,
        IPayloadConverter payloadConverter,
        Func<MetricMeter> metricMeter,
        ITemporalClient? temporalClient)
    {
        Info = info;
        CancellationToken = cancellationToken;
        WorkerShutdownToken = workerShutdownToken;
        Logger = logger;
        PayloadConverter = payloadConverter;
        this.metricMeter = metricMeter;
        this.temporalClient = temporalClient;
    }

    public static bool HasCurrent => AsyncLocalCurrent.Value != null;

    public static ActivityExecutionContext Current =>
        AsyncLocalCurrent.Value ?? throw new InvalidOperationException("No activity is running in this context");

    public ActivityInfo Info { get; }

    public ILogger Logger { get; }

    public ActivityCancelReason CancelReason { get; internal set; }

    public ActivityCancellationDetails? CancellationDetails { get; internal set; }

    public CancellationToken CancellationToken { get; }

    public CancellationToken WorkerShutdownToken { get; }

    public IPayloadConverter PayloadConverter { get; }

    public MetricMeter MetricMeter => metricMeter();

    public ITemporalClient TemporalClient => temporalClient ?? throw new InvalidOperationException(
        "No Temporal client: the worker's client is not an ITemporalClient, or the test environment was given none");

    internal static AsyncLocal<ActivityExecutionContext?> AsyncLocalCurrent { get; } = new();

    // Set by the worker to the interceptor chain and by the test environment to its own callback.
    internal Action<object?[]>? Heartbeater { get; set; }

    internal ActivityOutboundInterceptor? Outbound { get; set; }

    public void Heartbeat(params object?[] details)
    {
        if (Outbound is { } outbound)
        {
            outbound.Heartbeat(new(details));
        }
        else
        {
            Heartbeater?.Invoke(details);
        }
    }
}
