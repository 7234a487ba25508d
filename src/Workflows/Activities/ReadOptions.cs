using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Workflows.Activities;

/// <summary>Options of activities that read once. They are retried until the garden answers.</summary>
public static class ReadOptions
{
    /// <summary>Options of one read.</summary>
    /// <param name="garden">The garden.</param>
    /// <param name="summary">What it is for, at most 200 bytes.</param>
    /// <param name="patience">After how long in vain to tell a person; null where one was told, to try until it succeeds.</param>
    /// <returns>The options.</returns>
    public static ActivityOptions For(string garden, string summary, TimeSpan? patience) => new()
    {
        TaskQueue = TaskQueues.Garden(garden),
        ScheduleToCloseTimeout = patience,
        StartToCloseTimeout = TimeSpan.FromMinutes(2),
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromMinutes(1),
            NonRetryableErrorTypes = patience is null ? ErrorTypes.Final : ErrorTypes.NonRetryable,
        },
        Summary = Summaries.Fit(summary),
    };
}
