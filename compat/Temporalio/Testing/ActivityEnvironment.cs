using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Testing;

public record ActivityEnvironment
{
    private static readonly DateTime DefaultTime = new(1970, 1, 1, 1, 1, 1, DateTimeKind.Utc);

    public static readonly ActivityInfo DefaultInfo = new(
        ActivityId: "test",
        ActivityType: "unknown",
        Attempt: 1,
        CurrentAttemptScheduledTime: DefaultTime,
        DataConverter: DataConverter.Default,
        HeartbeatDetails: [],
        HeartbeatTimeout: null,
        IsLocal: false,
        Namespace: "default",
        Priority: Priority.Default,
        RetryPolicy: null,
        ScheduleToCloseTimeout: TimeSpan.FromSeconds(1),
        ScheduledTime: DefaultTime,
        StartToCloseTimeout: TimeSpan.FromSeconds(1),
        StartedTime: DefaultTime,
        TaskQueue: "test",
        TaskToken: "test"u8.ToArray(),
        WorkflowId: "test",
        WorkflowNamespace: "default",
        WorkflowRunId: "test-run",
        WorkflowType: "test");

    public ActivityInfo Info { get; init; } = DefaultInfo;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    public IPayloadConverter PayloadConverter { get; init; } = DataConverter.Default.PayloadConverter;

    public MetricMeter? MetricMeter { get; init; }

    public ITemporalClient? TemporalClient { get; init; }

    public ActivityCancelReason CancelReason { get; set; }

    public ActivityCancellationDetails? CancellationDetails { get; set; }

    public CancellationTokenSource CancellationTokenSource { get; init; } = new();

    public CancellationTokenSource WorkerShutdownTokenSource { get; init; } = new();

    public Action<object?[]> Heartbeater { get; init; } = _ => { };

    // The context of the activity that runs, so that a cancellation in its midst tells it why.
    private ActivityExecutionContext? Running { get; set; }

    public Task RunAsync(Action activity) => RunAsync(() =>
    {
        activity();
        return Task.CompletedTask;
    });

    public Task<T> RunAsync<T>(Func<T> activity) => RunAsync(() => Task.FromResult(activity()));

    public Task RunAsync(Func<Task> activity) => RunAsync(async () =>
    {
        await activity();
        return default(ValueTuple);
    });

    public async Task<T> RunAsync<T>(Func<Task<T>> activity)
    {
        var context = new ActivityExecutionContext(
            Info,
            CancellationTokenSource.Token,
            WorkerShutdownTokenSource.Token,
            Logger,
            PayloadConverter,
            () => MetricMeter ?? NoopMetricMeter.Instance,
            TemporalClient)
        {
            CancelReason = CancelReason,
            CancellationDetails = CancellationDetails,
            Heartbeater = Heartbeater,
        };
        Running = context;

        // Set inside an async method, it is gone again for the caller.
        ActivityExecutionContext.AsyncLocalCurrent.Value = context;
        return await activity();
    }

    public void Cancel() => Cancel(ActivityCancelReason.CancelRequested);

    public void Cancel(ActivityCancelReason reason) => Cancel(reason, new()
    {
        IsGoneFromServer = reason == ActivityCancelReason.GoneFromServer,
        IsCancelRequested = reason == ActivityCancelReason.CancelRequested,
        IsTimedOut = reason == ActivityCancelReason.Timeout,
        IsWorkerShutdown = reason == ActivityCancelReason.WorkerShutdown,
        IsHeartbeatRecordFailure = reason == ActivityCancelReason.HeartbeatRecordFailure,
        IsPaused = reason == ActivityCancelReason.Paused,
        IsReset = reason == ActivityCancelReason.Reset,
    });

    public void Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        CancelReason = reason;
        CancellationDetails = details;
        if (Running is { } running)
        {
            running.CancelReason = reason;
            running.CancellationDetails = details;
        }

        CancellationTokenSource.Cancel();
    }
}
