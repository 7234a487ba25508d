using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Activities as all twins call them.</summary>
internal static class Calls
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    internal static Task<string> GreetAsync(string name, CancellationToken? cancellationToken = null) =>
        Workflow.ExecuteActivityAsync(
            (TwinActivities a) => a.Greet(name), new() { StartToCloseTimeout = Timeout, CancellationToken = cancellationToken });

    internal static Task<string> GreetLocallyAsync(string name) =>
        Workflow.ExecuteLocalActivityAsync((TwinActivities a) => a.Greet(name), new() { StartToCloseTimeout = Timeout });

    internal static Task FailAsync() =>
        Workflow.ExecuteActivityAsync((TwinActivities a) => a.FailForGood(), new() { StartToCloseTimeout = Timeout });

    internal static Task HeartbeatAsync(CancellationToken cancellationToken) =>
        Workflow.ExecuteActivityAsync(
            (TwinActivities a) => a.HeartbeatUntilCancelledAsync(),
            new()
            {
                StartToCloseTimeout = Timeout,
                HeartbeatTimeout = TimeSpan.FromSeconds(5),
                CancellationType = ActivityCancellationType.WaitCancellationCompleted,
                CancellationToken = cancellationToken,
            });
}
