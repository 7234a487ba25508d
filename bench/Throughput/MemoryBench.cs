using Temporalio.Client;
using Temporalio.Worker;

namespace Dualstack.Bench.Throughput;

/// <summary>What a workflow costs that only waits, with and without a place in its worker's cache.</summary>
internal static class MemoryBench
{
    private const double Kibi = 1024;

    public static async Task RunAsync(BenchOptions options)
    {
        Console.WriteLine($"""

            Memory: {options.Idle} workflows that wait for a signal, bytes divided by their number. Worker: managed heap after a full collection.
            Server: growth of its resident set, garbage that it has not collected included (it keeps up to 20,000 runs in memory). Database: its
            files. Nothing of an uncached workflow stays in the worker; what is left there is pools and buffers.

            | idle workflow | worker KiB | server KiB | database KiB |
            |---|--:|--:|--:|
            """);
        await MeasureAsync("cached", options, options.Idle + 1);
        await MeasureAsync("uncached", options, 0);
    }

    private static async Task MeasureAsync(string name, BenchOptions options, int cached)
    {
        await using var server = await BenchServer.StartAsync();
        var client = await server.ConnectAsync(gzip: false);
        using var worker = new TemporalWorker(
            await server.ConnectAsync(gzip: true),
            new TemporalWorkerOptions("idle") { MaxCachedWorkflows = cached }.AddWorkflow<IdleWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            // A tenth first, so that pools and buffers have grown before the count begins.
            await StartAsync(client, options.Idle / 10, options.Concurrency);
            var (heap, resident, database) = (GC.GetTotalMemory(forceFullCollection: true), server.ResidentBytes, server.DatabaseBytes);
            await StartAsync(client, options.Idle - (options.Idle / 10), options.Concurrency);
            var count = (options.Idle - (options.Idle / 10)) * Kibi;
            Console.WriteLine(
                $"| {name} | {(GC.GetTotalMemory(forceFullCollection: true) - heap) / count:F1} | " +
                $"{(server.ResidentBytes - resident) / count:F1} | {(server.DatabaseBytes - database) / count:F1} |");
        });
    }

    private static Task StartAsync(TemporalClient client, int count, int concurrency) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = concurrency },
        async (_, cancellation) =>
        {
            var handle = await client.StartWorkflowAsync(
                (IdleWorkflow workflow) => workflow.RunAsync("Ada"), new($"idle-{Guid.NewGuid()}", "idle"));
            while ((await handle.FetchHistoryAsync()).Events.Count < 4)
            {
                await Task.Delay(20, cancellation);
            }
        });
}
