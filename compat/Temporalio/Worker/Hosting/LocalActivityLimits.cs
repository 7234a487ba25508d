using Temporalio.Api.Enums.V1;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>The timeouts of a local activity, which the worker itself keeps.</summary>
internal static class LocalActivityLimits
{
    /// <summary>Whether the activity got its slot only after its time to wait for one.</summary>
    internal static bool WaitedTooLong(LocalActivityOperation operation)
    {
        var wait = operation.Options.ScheduleToStartTimeout;
        if (operation.Options.ScheduleToCloseTimeout is { } total && wait > total)
        {
            wait = total;
        }

        return DateTime.UtcNow - operation.ScheduleTime > wait;
    }

    /// <summary>Gets how long an attempt that begins now may run, and which timeout it meets then.</summary>
    internal static (TimeSpan Limit, TimeoutType Kind) OfAttempt(LocalActivityOperation operation)
    {
        var attempt = operation.Options.StartToCloseTimeout;
        if (operation.Options.ScheduleToCloseTimeout is not { } total)
        {
            return (attempt!.Value, TimeoutType.StartToClose);
        }

        // The workflow's clock may run ahead of this machine's.
        var spent = DateTime.UtcNow - operation.OriginalScheduleTime;
        var left = spent > TimeSpan.Zero ? total - spent : total;
        return attempt < left ? (attempt.Value, TimeoutType.StartToClose) : (left, TimeoutType.ScheduleToClose);
    }
}
