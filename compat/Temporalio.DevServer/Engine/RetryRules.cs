namespace Temporalio.DevServer.Engine;

/// <summary>Whether and when something is tried again.</summary>
internal static class RetryRules
{
    private const double DefaultCoefficient = 2.0;
    private const int DefaultMaximumFactor = 100;
    private static readonly TimeSpan DefaultInitial = TimeSpan.FromSeconds(1);

    /// <summary>The policy with every default filled in.</summary>
    public static RetryPolicy Normalize(RetryPolicy? policy)
    {
        var normal = policy?.Clone() ?? new RetryPolicy();
        if (normal.InitialInterval.Span() == TimeSpan.Zero)
        {
            normal.InitialInterval = DefaultInitial.Proto();
        }

        if (normal.BackoffCoefficient == 0)
        {
            normal.BackoffCoefficient = DefaultCoefficient;
        }

        if (normal.MaximumInterval.Span() == TimeSpan.Zero)
        {
            normal.MaximumInterval = (normal.InitialInterval.Span() * DefaultMaximumFactor).Proto();
        }

        return normal;
    }

    /// <summary>The sentence that says what is wrong with a policy, or null.</summary>
    public static string? Problem(RetryPolicy? policy)
    {
        if (policy is null)
        {
            return null;
        }

        if (policy.BackoffCoefficient is not 0 and < 1)
        {
            return "BackoffCoefficient cannot be less than 1 on retry policy.";
        }

        if (policy.MaximumAttempts < 0)
        {
            return "MaximumAttempts cannot be negative on retry policy.";
        }

        if (policy.InitialInterval is { } initial && (initial.Seconds < 0 || initial.Nanos < 0))
        {
            return "InitialInterval cannot be negative on retry policy.";
        }

        return policy.MaximumInterval.Span() > TimeSpan.Zero && policy.MaximumInterval.Span() < policy.InitialInterval.Span()
            ? "MaximumInterval cannot be less than InitialInterval on retry policy."
            : null;
    }

    public static (RetryState State, TimeSpan Delay) Decide(RetryPolicy? policy, int attempt, Failure failure, DateTimeOffset now, DateTimeOffset? expiration)
    {
        if (policy is null)
        {
            return (RetryState.RetryPolicyNotSet, default);
        }

        if (!IsRetryable(failure, policy.NonRetryableErrorTypes))
        {
            return (RetryState.NonRetryableFailure, default);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return (RetryState.MaximumAttemptsReached, default);
        }

        var delay = failure.ApplicationFailureInfo?.NextRetryDelay is { } asked && (asked.Seconds > 0 || asked.Nanos > 0)
            ? asked.Span()
            : Backoff(policy, attempt);
        return expiration is { } end && now + delay >= end ? (RetryState.Timeout, default) : (RetryState.InProgress, delay);
    }

    public static bool IsRetryable(Failure failure, IEnumerable<string> nonRetryable)
    {
        switch (failure.FailureInfoCase)
        {
            case Failure.FailureInfoOneofCase.TerminatedFailureInfo:
            case Failure.FailureInfoOneofCase.CanceledFailureInfo:
                return false;
            case Failure.FailureInfoOneofCase.TimeoutFailureInfo:
                return failure.TimeoutFailureInfo.TimeoutType switch
                {
                    TimeoutType.StartToClose => !nonRetryable.Contains("TemporalTimeout:StartToClose"),
                    TimeoutType.Heartbeat => !nonRetryable.Contains("TemporalTimeout:Heartbeat"),
                    _ => false,
                };
            case Failure.FailureInfoOneofCase.ServerFailureInfo:
                return !failure.ServerFailureInfo.NonRetryable;
            case Failure.FailureInfoOneofCase.ApplicationFailureInfo:
                return !failure.ApplicationFailureInfo.NonRetryable && !nonRetryable.Contains(failure.ApplicationFailureInfo.Type);
            default:
                return true;
        }
    }

    private static TimeSpan Backoff(RetryPolicy policy, int attempt)
    {
        var limit = policy.MaximumInterval.Span();
        var seconds = policy.InitialInterval.Span().TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return double.IsInfinity(seconds) || seconds >= limit.TotalSeconds ? limit : TimeSpan.FromSeconds(seconds);
    }
}
