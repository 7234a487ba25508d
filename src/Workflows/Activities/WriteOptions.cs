using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Workflows.Activities;

/// <summary>
/// Options of guarded writes. They are idempotent by their intent, and retried until the answer is known: a write must never be left
/// in the dark.
/// </summary>
public static class WriteOptions
{
    /// <summary>Options of one write.</summary>
    /// <param name="garden">The garden.</param>
    /// <param name="summary">What it is for, at most 200 bytes.</param>
    /// <param name="timeout">After how long an attempt is taken for lost.</param>
    /// <param name="patience">After how long in vain to tell a person; null where one was told, to try until it succeeds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The options.</returns>
    public static ActivityOptions For(string garden, string summary, TimeSpan timeout, TimeSpan? patience, CancellationToken cancellationToken) => new()
    {
        TaskQueue = TaskQueues.Garden(garden),
        ScheduleToCloseTimeout = patience,
        StartToCloseTimeout = timeout,
        CancellationToken = cancellationToken,
        // The attempt that is under way while the migration is cancelled or paused is waited for, so that what it has written is known.
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
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
