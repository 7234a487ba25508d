using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Testing;

public sealed class TimeSkippingWorkflowTests
{
    [Fact]
    public async Task GetResult_OfLongSleep_ComesAtOnceAtTheRightTime()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions(LampServer.Queue).AddWorkflow<Lamp>());
        var watch = Stopwatch.StartNew();
        var before = await environment.GetCurrentTimeAsync();

        await worker.ExecuteAsync(async () =>
        {
            var one = environment.Client.ExecuteWorkflowAsync((Lamp lamp) => lamp.RunAsync("sleep"), new("one", LampServer.Queue));
            var other = environment.Client.ExecuteWorkflowAsync((Lamp lamp) => lamp.RunAsync("sleep"), new("other", LampServer.Queue));
            Assert.Equal(["rested", "rested"], await Task.WhenAll(one, other));
        });

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.InRange(await environment.GetCurrentTimeAsync() - before, TimeSpan.FromDays(30), TimeSpan.FromDays(61));
    }
}
