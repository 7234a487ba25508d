using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Hosting;

/// <summary>Polls for activity tasks and runs them.</summary>
internal sealed class ActivityWorker
{
    private readonly WorkerContext context;
    private readonly ActivityInvoker invoker;
    private readonly CancellationToken shutdown;
    private readonly SemaphoreSlim slots;
    private readonly InFlight inFlight = new();
    private readonly ConcurrentDictionary<RunningActivity, bool> running = new();
    private readonly RateLimit? rate;
    private readonly ILogger logger;
    private int cancelling;

    internal ActivityWorker(WorkerContext context, ActivityInvoker invoker, CancellationToken shutdown)
    {
        this.context = context;
        this.invoker = invoker;
        this.shutdown = shutdown;
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.ActivityWorker");
        slots = new(SlotCount(context.Options));
        rate = context.Options.MaxActivitiesPerSecond is { } perSecond ? new(perSecond) : null;
    }

    internal Task WhenIdle => inFlight.WhenIdle;

    internal IEnumerable<Task> StartPollers(PollStop stop)
    {
        var count = Math.Max(1, context.Options.ActivityTaskPollerBehavior?.Pollers ?? context.Options.MaxConcurrentActivityTaskPolls);
        for (var i = 0; i < count; i++)
        {
            yield return Task.Run(() => PollLoop.RunAsync("activity tasks", token => PollAsync(stop, token), logger, TimeProvider.System, stop));
        }
    }

    internal bool TryReserve() => !shutdown.IsCancellationRequested && slots.Wait(0);

    internal void ReleaseReserved() => slots.Release();

    internal void StartReserved(PollActivityTaskQueueResponse task) => inFlight.Start(
        async () =>
        {
            try
            {
                await ExecuteAsync(task);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Activity task {ActivityType} ({ActivityId}) was dropped", task.ActivityType?.Name, task.ActivityId);
            }
        },
        () => slots.Release());

    /// <summary>Cancels the activities that run, and every one that still begins.</summary>
    internal void CancelAll()
    {
        Interlocked.Exchange(ref cancelling, 1);
        foreach (var activity in running.Keys)
        {
            CancelForShutdown(activity);
        }
    }

    private static void CancelForShutdown(RunningActivity activity) =>
        activity.Cancel(ActivityCancelReason.WorkerShutdown, new() { IsWorkerShutdown = true });

    private static int SlotCount(TemporalWorkerOptions options) =>
        options.Tuner?.ActivityTaskSlotSupplier is FixedSizeSlotSupplier supplier
            ? supplier.SlotCount
            : options.MaxConcurrentActivities ?? 100;

    private async Task PollAsync(PollStop stop, CancellationToken abort)
    {
        await slots.WaitAsync(stop.NoMore);
        var handed = false;
        try
        {
            if (rate != null)
            {
                await rate.WaitAsync(stop.NoMore);
            }

            var task = await context.Service.PollActivityTaskQueueAsync(
                new()
                {
                    Namespace = context.Namespace,
                    TaskQueue = new() { Name = context.TaskQueue, Kind = TaskQueueKind.Normal },
                    Identity = context.Identity,
                    WorkerVersionCapabilities = context.VersionCapabilities,
                    WorkerInstanceKey = context.InstanceKey,
                    DeploymentOptions = context.Deployment,
                    TaskQueueMetadata = context.Options.MaxTaskQueueActivitiesPerSecond is { } limit
                        ? new() { MaxTasksPerSecond = limit }
                        : null,
                },
                new() { Retry = false, CancellationToken = abort });
            if (!task.TaskToken.IsEmpty)
            {
                handed = true;
                StartReserved(task);
            }
        }
        finally
        {
            if (!handed)
            {
                slots.Release();
            }
        }
    }

    private async Task ExecuteAsync(PollActivityTaskQueueResponse task)
    {
        var info = ActivityInfos.From(task, context);
        using var activity = new RunningActivity(task.TaskToken, info);
        var execution = invoker.NewContext(info, activity.Cancellation.Token, shutdown);
        activity.Context = execution;
        var heartbeats = new ActivityHeartbeats(context, activity, logger);
        running[activity] = true;
        if (Interlocked.CompareExchange(ref cancelling, 0, 0) == 1)
        {
            CancelForShutdown(activity);
        }

        Payloads? unsent = null;
        object? result = null;
        Exception? failure = null;
        using var timeout = info.StartToCloseTimeout is { } startToClose
            ? new Timer(
                _ => activity.Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true }),
                null,
                startToClose + TimeSpan.FromSeconds(5),
                Timeout.InfiniteTimeSpan)
            : null;
        try
        {
            heartbeats.Start();
            result = await invoker.InvokeAsync(execution, task.Input, task.Header, heartbeats.Record);
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            running.TryRemove(activity, out _);
            unsent = await heartbeats.EndAsync();
        }

        await AnswerAsync(activity, execution, heartbeats, result, failure, unsent);
    }

    private async Task AnswerAsync(
        RunningActivity activity,
        ActivityExecutionContext execution,
        ActivityHeartbeats heartbeats,
        object? result,
        Exception? failure,
        Payloads? unsent)
    {
        try
        {
            try
            {
                await ReportAsync(activity, execution, heartbeats, result, failure, unsent);
            }
            catch (Exception e) when (e is not RpcException)
            {
                logger.LogError(
                    e, "The end of activity {ActivityType} ({ActivityId}) cannot be encoded", activity.Info.ActivityType, activity.Info.ActivityId);
                await ActivityAnswers.UnencodableAsync(context, activity, e);
            }
        }
        catch (RpcException e)
        {
            logger.Log(
                e.Code == RpcException.StatusCode.NotFound ? LogLevel.Debug : LogLevel.Warning,
                "The end of activity {ActivityType} ({ActivityId}) could not be reported: {Message}",
                activity.Info.ActivityType,
                activity.Info.ActivityId,
                e.Message);
        }
    }

    private async Task ReportAsync(
        RunningActivity activity,
        ActivityExecutionContext execution,
        ActivityHeartbeats heartbeats,
        object? result,
        Exception? failure,
        Payloads? unsent)
    {
        if (failure == null)
        {
            try
            {
                await ActivityAnswers.CompletedAsync(context, activity, result);
                return;
            }
            catch (Exception e) when (e is not RpcException)
            {
                // The result cannot be encoded, which is a failure of the activity.
                failure = e;
            }
        }

        if (failure is CompleteAsyncException)
        {
            return;
        }

        if (IsCancellation(failure) && execution.CancelReason is
                ActivityCancelReason.CancelRequested or ActivityCancelReason.GoneFromServer or ActivityCancelReason.Timeout)
        {
            if (unsent != null)
            {
                await heartbeats.FlushAsync(unsent);
            }

            await ActivityAnswers.CanceledAsync(context, activity, failure);
            return;
        }

        failure = Explain(failure, execution.CancelReason, heartbeats.RecordFailure);
        invoker.LogFailure(execution, failure);
        await ActivityAnswers.FailedAsync(context, activity, failure, unsent);
    }

    private static bool IsCancellation(Exception e) => e is OperationCanceledException or CanceledFailureException;

    private static Exception Explain(Exception failure, ActivityCancelReason reason, Exception? recordFailure) => !IsCancellation(failure)
        ? failure
        : reason switch
        {
            ActivityCancelReason.WorkerShutdown => new ApplicationFailureException(
                "The worker is shutting down and this activity did not finish in time", failure, "WorkerShutdown"),
            ActivityCancelReason.Paused => new ApplicationFailureException("Activity paused", failure, "ActivityPause"),
            ActivityCancelReason.Reset => new ApplicationFailureException("Activity reset", failure, "ActivityReset"),
            ActivityCancelReason.HeartbeatRecordFailure => recordFailure ?? failure,
            _ => failure,
        };
}
