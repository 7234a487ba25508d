using System.Collections.Concurrent;
using Temporalio.Client;
using Temporalio.Worker;

namespace Dualstack.Bench.Throughput;

/// <summary>The C# worker and client, each with a connection of its own.</summary>
internal static class CSharpRounds
{
    public static async Task<Round> RunAsync(TemporalClient client, TemporalClient workerClient, string taskQueue, int count, int concurrency)
    {
        var options = new TemporalWorkerOptions(taskQueue)
        {
            MaxCachedWorkflows = 1000,
            MaxConcurrentActivities = 100,
            MaxConcurrentWorkflowTasks = 100,
            MaxConcurrentActivityTaskPolls = 10,
            MaxConcurrentWorkflowTaskPolls = 10,
        };
        using var worker = new TemporalWorker(
            workerClient, options.AddWorkflow<BenchWorkflow>().AddAllActivities(typeof(BenchActivities), null));
        return await worker.ExecuteAsync(async () =>
        {
            await ManyAsync(client, taskQueue, 2 * concurrency, concurrency);
            var processor = Environment.CpuUsage.TotalTime;
            var begin = TimeProvider.System.GetTimestamp();
            var latencies = await ManyAsync(client, taskQueue, count, concurrency);
            return Round.Of(TimeProvider.System.GetElapsedTime(begin), Environment.CpuUsage.TotalTime - processor, latencies);
        });
    }

    private static async Task<IReadOnlyCollection<double>> ManyAsync(TemporalClient client, string taskQueue, int count, int concurrency)
    {
        var latencies = new ConcurrentBag<double>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (_, _) => latencies.Add(await OneAsync(client, taskQueue)));
        return latencies;
    }

    private static async Task<double> OneAsync(TemporalClient client, string taskQueue)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var handle = await client.StartWorkflowAsync(
            (BenchWorkflow workflow) => workflow.RunAsync("Ada"), new($"bench-{Guid.NewGuid()}", taskQueue));
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        await handle.GetResultAsync();
        return TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds;
    }
}
