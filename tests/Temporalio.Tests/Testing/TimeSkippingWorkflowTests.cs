using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

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

    [Fact]
    public async Task YearOfDailyTimers_PassesInNoTime()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions("year").AddWorkflow<YearWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            // Code that runs for the first time takes longer.
            await environment.Client.ExecuteWorkflowAsync((YearWorkflow year) => year.RunAsync(12), new("warm-up", "year"));
            var watch = Stopwatch.StartNew();
            var days = await environment.Client.ExecuteWorkflowAsync((YearWorkflow year) => year.RunAsync(365), new("year", "year"));
            Assert.InRange(days, 365, 365.1);

            // Under a second where nothing else runs.
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        });
    }

    [Workflow]
    public sealed class YearWorkflow
    {
        [WorkflowRun]
        public async Task<double> RunAsync(int days)
        {
            var begin = Workflow.UtcNow;
            for (var day = 0; day < days; day++)
            {
                await Workflow.DelayAsync(TimeSpan.FromDays(1));
            }

            return (Workflow.UtcNow - begin).TotalDays;
        }
    }
}
