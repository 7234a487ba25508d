using System.Diagnostics;
using Temporalio.Api.Enums.V1;
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
    public async Task YearOfDailyTimers_FiresEachOnItsDay()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions("year").AddWorkflow<YearWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await environment.Client.StartWorkflowAsync((YearWorkflow year) => year.RunAsync(365), new("year", "year"));
            Assert.InRange(await handle.GetResultAsync(), 365, 365.1);
            var events = (await handle.FetchHistoryAsync()).Events.ToList();

            // One task of three events, then a timer and a task each day; nothing else happened on the way, such as a task that timed out.
            Assert.Equal(1 + 3 + (365 * 5) + 1, events.Count);
            var fired = events.Where(item => item.EventType == EventType.TimerFired).Select(item => item.EventTime.ToDateTime()).ToList();
            Assert.All(fired.Zip(fired.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromDays(1), TimeSpan.FromDays(1.01)));
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
