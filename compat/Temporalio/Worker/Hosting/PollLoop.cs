using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Hosting;

/// <summary>Polls for as long as the worker runs, whatever the server does meanwhile.</summary>
internal static class PollLoop
{
    private static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InitialExhausted = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    internal static async Task RunAsync(
        string what, Func<CancellationToken, Task> poll, ILogger logger, TimeProvider time, PollStop stop)
    {
        var failures = 0;
        long firstFailure = 0;
        while (!stop.NoMore.IsCancellationRequested)
        {
            try
            {
                await poll(stop.Abort);
                if (failures > 0)
                {
                    logger.LogInformation("Polling for {What} works again", what);
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (stop.NoMore.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e) when (IsQuietEnd(e))
            {
                // A long poll that ended without a task.
            }
            catch (RpcException e)
            {
                if (stop.NoMore.IsCancellationRequested)
                {
                    return;
                }

                firstFailure = failures++ == 0 ? time.GetTimestamp() : firstFailure;
                if (!IsTransient(e) && time.GetElapsedTime(firstFailure) > Grace)
                {
                    throw;
                }

                var wait = Wait(e, failures);
                logger.Log(
                    failures is 1 or 5 || failures % 20 == 0 ? LogLevel.Warning : LogLevel.Debug,
                    "Polling for {What} failed ({Code}: {Message}); trying again in {Wait}",
                    what,
                    e.Code,
                    e.Message,
                    wait);
                await Task.Delay(wait, time, stop.NoMore).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan Wait(RpcException e, int failures)
    {
        var initial = e.Code == RpcException.StatusCode.ResourceExhausted ? InitialExhausted : Initial;
        var wait = initial * Math.Pow(2, Math.Min(failures - 1, 10));
        return (wait < Longest ? wait : Longest) * (0.8 + (0.4 * Random.Shared.NextDouble()));
    }

    private static bool IsQuietEnd(RpcException e) => e.Code == RpcException.StatusCode.DeadlineExceeded;

    private static bool IsTransient(RpcException e) => e.Code is
        RpcException.StatusCode.Unavailable or RpcException.StatusCode.Unknown or RpcException.StatusCode.Internal or
        RpcException.StatusCode.DataLoss or RpcException.StatusCode.ResourceExhausted or RpcException.StatusCode.Aborted or
        RpcException.StatusCode.OutOfRange or RpcException.StatusCode.Cancelled;
}
