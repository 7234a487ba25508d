using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Workflows.Activities;

/// <summary>Options of activities that look until something is done: one event pair for the whole wait, whatever its length.</summary>
public static class AwaitOptions
{
    /// <summary>Options of one wait.</summary>
    /// <param name="garden">The garden.</param>
    /// <param name="summary">What it is for, at most 200 bytes.</param>
    /// <param name="lookEvery">How long to leave between two looks.</param>
    /// <param name="deadline">After how long to give up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The options.</returns>
    public static ActivityOptions For(string garden, string summary, TimeSpan lookEvery, TimeSpan deadline, CancellationToken cancellationToken) => new()
    {
        TaskQueue = TaskQueues.Garden(garden),
        ScheduleToCloseTimeout = deadline,
        StartToCloseTimeout = TimeSpan.FromMinutes(2),
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = lookEvery,
            BackoffCoefficient = 1,
            MaximumInterval = lookEvery,
            NonRetryableErrorTypes = ErrorTypes.NonRetryable,
        },
        Summary = Summaries.Fit(summary),
        CancellationToken = cancellationToken,
    };
}
