using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Workflows.Activities;

/// <summary>Options of taking our marks off, which must happen also after a cancellation, but must not keep a migration from ending.</summary>
public static class ReleaseOptions
{
    /// <summary>Options of the release.</summary>
    /// <param name="garden">The garden.</param>
    /// <param name="timeout">After how long an attempt is taken for lost.</param>
    /// <param name="patience">After how long in vain to give up.</param>
    /// <returns>The options.</returns>
    public static ActivityOptions For(string garden, TimeSpan timeout, TimeSpan patience) => new()
    {
        TaskQueue = TaskQueues.Garden(garden),
        ScheduleToCloseTimeout = patience,
        StartToCloseTimeout = timeout,
        CancellationToken = CancellationToken.None,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromMinutes(1),
            NonRetryableErrorTypes = ErrorTypes.NonRetryable,
        },
        Summary = Summaries.Fit("Take our label and intent off the shoot"),
    };
}
