using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Sends an activity's heartbeats, no more often than needed, and hears of cancellation in their answers.</summary>
internal sealed class ActivityHeartbeats(WorkerContext context, RunningActivity activity, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private readonly TimeSpan interval = Interval(context.Options, activity.Info.HeartbeatTimeout);
    private Payloads? latest;
    private Task sending = Task.CompletedTask;
    private Timer? silence;
    private Exception? recordFailure;

    /// <summary>Gets why a heartbeat could not be recorded, once one could not.</summary>
    internal Exception? RecordFailure => Volatile.Read(ref recordFailure);

    internal void Start()
    {
        if (activity.Info.HeartbeatTimeout is { } timeout)
        {
            silence = new(_ => TimeOut(), null, timeout + TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        }
    }

    internal void Record(object?[] details)
    {
        Payloads payloads;
        try
        {
            payloads = activity.Info.DataConverter.PayloadConverter.ToPayloads(details, nullIfEmpty: false)!;
        }
        catch (Exception e)
        {
            OnUnencodable(e);
            return;
        }

        lock (gate)
        {
            if (ended.IsCancellationRequested)
            {
                return;
            }

            latest = payloads;
            if (activity.Info.HeartbeatTimeout is { } timeout)
            {
                silence?.Change(timeout + TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
            }

            if (sending.IsCompleted)
            {
                sending = Task.Run(SendLatestAsync);
            }
        }
    }

    /// <summary>Stops sending and returns the details that were not sent.</summary>
    internal async Task<Payloads?> EndAsync()
    {
        Task last;
        lock (gate)
        {
            ended.Cancel();
            last = sending;
            silence?.Dispose();
        }

        await last;
        return latest;
    }

    internal async Task FlushAsync(Payloads details)
    {
        try
        {
            await SendAsync(details);
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "The last heartbeat of activity {ActivityType} was not delivered", activity.Info.ActivityType);
        }
    }

    private static TimeSpan Interval(TemporalWorkerOptions options, TimeSpan? heartbeatTimeout)
    {
        var wanted = heartbeatTimeout is { } timeout ? timeout * 0.8 : options.DefaultHeartbeatThrottleInterval;
        return wanted < options.MaxHeartbeatThrottleInterval ? wanted : options.MaxHeartbeatThrottleInterval;
    }

    private void OnUnencodable(Exception e)
    {
        logger.LogWarning(e, "Heartbeat details of activity {ActivityType} cannot be encoded", activity.Info.ActivityType);
        Interlocked.CompareExchange(ref recordFailure, e, null);
        activity.Cancel(ActivityCancelReason.HeartbeatRecordFailure, new() { IsHeartbeatRecordFailure = true });
    }

    private void TimeOut() => activity.Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true });

    private async Task SendLatestAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            Payloads details;
            lock (gate)
            {
                if (latest == null)
                {
                    // Under the lock, so that the next beat sees this round as over.
                    sending = Task.CompletedTask;
                    return;
                }

                details = latest;
                latest = null;
            }

            var window = Task.Delay(interval, ended.Token);
            try
            {
                await SendAsync(details);
            }
            catch (RpcException e)
            {
                logger.LogDebug(e, "A heartbeat of activity {ActivityType} was not delivered", activity.Info.ActivityType);
            }
            catch (Exception e)
            {
                OnUnencodable(e);
            }

            await window.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(Payloads details)
    {
        await PayloadVisitor.EncodeAsync(activity.Info.DataConverter.PayloadCodec, details);
        try
        {
            var response = await context.Service.RecordActivityTaskHeartbeatAsync(
                new()
                {
                    TaskToken = activity.TaskToken,
                    Namespace = context.Namespace,
                    Identity = context.Identity,
                    Details = details,
                },
                WorkerContext.Answer());
            if (response.CancelRequested || response.ActivityReset || response.ActivityPaused)
            {
                var reason = response.CancelRequested ? ActivityCancelReason.CancelRequested
                    : response.ActivityReset ? ActivityCancelReason.Reset
                    : ActivityCancelReason.Paused;
                activity.Cancel(
                    reason,
                    new()
                    {
                        IsCancelRequested = response.CancelRequested,
                        IsReset = response.ActivityReset,
                        IsPaused = response.ActivityPaused,
                    });
            }
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            activity.Cancel(ActivityCancelReason.GoneFromServer, new() { IsGoneFromServer = true });
        }
    }
}
