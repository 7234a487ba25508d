using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Bench.Throughput;

/// <summary>How long a year takes where time is skipped: one workflow that sleeps a day 365 times.</summary>
internal static class YearBench
{
    private const int Days = 365;

    public static async Task RunAsync(BenchOptions options)
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions("year").AddWorkflow<YearWorkflow>());
        var times = new List<double>();
        await worker.ExecuteAsync(async () =>
        {
            for (var round = -1; round < Math.Max(options.Rounds, 5); round++)
            {
                var begin = TimeProvider.System.GetTimestamp();
                await environment.Client.ExecuteWorkflowAsync((YearWorkflow year) => year.RunAsync(Days), new($"year-{round}", "year"));

                // Code that runs for the first time takes longer.
                if (round >= 0)
                {
                    times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
                }
            }
        });
        times.Sort();
        Console.WriteLine($"""

            A year of daily timers where time is skipped: {times[times.Count / 2]:F0} ms (median of {times.Count}, {times[0]:F0} to {times[^1]:F0} ms), worker and
            client included.
            """);
    }
}
