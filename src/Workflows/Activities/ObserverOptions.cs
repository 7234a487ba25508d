using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Workflows.Activities;

/// <summary>Options of the observer's one long activity.</summary>
public static class ObserverOptions
{
    /// <summary>After how long without a heartbeat the observer counts as lost and another worker takes over.</summary>
    public static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Options of the observation.</summary>
    /// <param name="garden">The garden.</param>
    /// <returns>The options.</returns>
    public static ActivityOptions For(string garden) => new()
    {
        TaskQueue = TaskQueues.Garden(garden),
        StartToCloseTimeout = TimeSpan.FromDays(30),
        HeartbeatTimeout = HeartbeatTimeout,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromSeconds(30),
        },
        Summary = Summaries.Fit($"Follow the shoots under migration in garden {garden}"),
    };
}
