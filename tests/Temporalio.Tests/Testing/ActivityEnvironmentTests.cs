using Temporalio.Activities;
using Temporalio.Testing;

namespace Dualstack.Temporalio.Tests.Testing;

public sealed class ActivityEnvironmentTests
{
    [Fact]
    public async Task Run_HeartbeatsAndCancel_ReachTheActivity()
    {
        var beats = new List<object?>();
        var environment = new ActivityEnvironment { Heartbeater = details => beats.AddRange(details) };

        var reason = await environment.RunAsync(async () =>
        {
            var context = ActivityExecutionContext.Current;
            context.Heartbeat("half", 50);
            environment.Cancel(ActivityCancelReason.WorkerShutdown);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, context.CancellationToken));
            Assert.True(context.CancellationDetails!.IsWorkerShutdown);
            return context.CancelReason;
        });

        Assert.Equal(ActivityCancelReason.WorkerShutdown, reason);
        Assert.Equal(["half", 50], beats);
    }

    [Fact]
    public async Task Run_OfSynchronousActivity_HasContextOnlyInside()
    {
        var environment = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { Attempt = 4 } };

        Assert.Equal(4, await environment.RunAsync(() => ActivityExecutionContext.Current.Info.Attempt));
        Assert.False(ActivityExecutionContext.HasCurrent);
        Assert.Equal(("test", "unknown", "test-run"), (
            ActivityEnvironment.DefaultInfo.ActivityId, ActivityEnvironment.DefaultInfo.ActivityType, ActivityEnvironment.DefaultInfo.WorkflowRunId));
    }
}
