using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>Decides, for one call, whether and when a failed attempt is made again.</summary>
internal sealed class GrpcRetry
{
    private static readonly TimeSpan TaskPollInitial = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TaskPollMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ExhaustedInitial = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExhaustedMax = TimeSpan.FromSeconds(10);

    // How servers and proxies word that a message, not the quota, was too large; no retry makes it smaller.
    private static readonly string[] TooLarge =
    [
        "grpc: received message larger than max",
        "grpc: message after decompression larger than max",
        "grpc: received message after decompression larger than max",
    ];

    private readonly TimeProvider time;
    private readonly RpcRetryOptions options;
    private readonly bool taskPoll;
    private readonly long started;
    private int failures;
    private int exhausted;

    internal GrpcRetry(RpcRetryOptions options, GrpcCall call, TimeProvider time)
    {
        this.time = time;
        taskPoll = call.IsTaskPoll;
        this.options = taskPoll
            ? new() { InitialInterval = TaskPollInitial, Multiplier = 2, MaxInterval = TaskPollMax, MaxElapsedTime = null, MaxRetries = 0 }
            : options;
        if (call.IsUserLongPoll)
        {
            // One poll alone outlives the limit that is meant for ordinary calls.
            this.options = (RpcRetryOptions)this.options.Clone();
            this.options.MaxElapsedTime = null;
        }

        started = time.GetTimestamp();
    }

    internal static bool IsTooLarge(RpcException e) =>
        e.Code == RpcException.StatusCode.ResourceExhausted &&
        TooLarge.Any(prefix => e.Message.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The wait before the next attempt, or null when the failure stands.</summary>
    internal TimeSpan? Next(RpcException failure)
    {
        failures++;
        if (!IsRetryable(failure) || (options.MaxRetries > 0 && failures >= options.MaxRetries))
        {
            return null;
        }

        var wait = failure.Code == RpcException.StatusCode.ResourceExhausted
            ? Backoff(ExhaustedInitial, 2, ExhaustedMax, ++exhausted)
            : Backoff(options.InitialInterval, options.Multiplier, options.MaxInterval, failures - exhausted);
        wait *= 1 + (options.RandomizationFactor * ((2 * Random.Shared.NextDouble()) - 1));
        return options.MaxElapsedTime is { } limit && time.GetElapsedTime(started) + wait > limit ? null : wait;
    }

    private static TimeSpan Backoff(TimeSpan initial, double factor, TimeSpan max, int attempt)
    {
        var wait = initial.TotalMilliseconds * Math.Pow(factor, attempt - 1);
        return TimeSpan.FromMilliseconds(Math.Min(wait, max.TotalMilliseconds));
    }

    private bool IsRetryable(RpcException failure) => failure.Code switch
    {
        RpcException.StatusCode.DataLoss or
            RpcException.StatusCode.Internal or
            RpcException.StatusCode.Unknown or
            RpcException.StatusCode.Aborted or
            RpcException.StatusCode.OutOfRange or
            RpcException.StatusCode.Unavailable => true,
        RpcException.StatusCode.ResourceExhausted => !IsTooLarge(failure),
        RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded => taskPoll,
        _ => false,
    };
}
