namespace Dualstack.Bench.Throughput;

/// <summary>Workflows a second of one worker with its client, in C# and in TypeScript by turns, on one server.</summary>
internal static class ThroughputBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        await using var server = await BenchServer.StartAsync();
        List<Side> sides = [new("C#", (queue, count) => CSharpAsync(server, queue, count, options.Concurrency, gzip: false))];
        if (options.TypeScript is { } script)
        {
            sides.Add(new(
                "TypeScript 1.24.0", (queue, count) => TypeScriptRounds.RunAsync(script, server.Address, queue, count, options.Concurrency)));
        }

        sides.Add(new("C#, its client compressing too", (queue, count) => CSharpAsync(server, queue, count, options.Concurrency, gzip: true)));

        // Code is compiled while it runs for the first times; no round of the server's or of this process shall pay for that.
        await sides[0].Run($"warm-up-{Guid.NewGuid()}", 3 * options.Count);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var side in sides)
            {
                await MeasureAsync(server, side, options.Count);
                Console.Error.WriteLine($"round {round}: {side.Name} {side.Rounds[^1].WorkflowsPerSecond:F0}/s");
            }
        }

        Print(options, sides);
    }

    private static async Task<Round> CSharpAsync(BenchServer server, string queue, int count, int concurrency, bool gzip) => await CSharpRounds.RunAsync(
        await server.ConnectAsync(gzip), await server.ConnectAsync(gzip: true), queue, count, concurrency);

    private static async Task MeasureAsync(BenchServer server, Side side, int count)
    {
        var queue = $"bench-{Guid.NewGuid()}";
        var before = server.ProcessorTime;
        var round = await side.Run(queue, count);
        var processor = server.ProcessorTime - before;
        side.Rounds.Add(round);
        side.Loads.Add(await ServerLoad.OfAsync(
            await server.ConnectAsync(gzip: false), queue, round.WorkflowsPerSecond, processor));
    }

    private static void Print(BenchOptions options, List<Side> sides)
    {
        Console.WriteLine($"""

            Throughput: {options.Count} workflows a round, {options.Concurrency} at once, medians of {options.Rounds} interleaved rounds,
            one dev server with SQLite on disk. Each workflow: one activity, one wait for a signal, one result. Equal on both sides: 1,000
            cached workflows, 100 workflow task slots, 100 activity slots, 10 pollers each; worker and client on connections of their own; the
            worker compresses every request with gzip, the client does not, as in the TypeScript SDK; {2 * options.Concurrency} workflows before
            each round that are not measured. CPU of the server is of {Environment.ProcessorCount} cores, which worker and client share.

            | worker and client | workflows/s | p50 ms | p99 ms | CPU ms a workflow | server: events/s | transitions/s | CPU | CPU ms a workflow |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|
            """);
        foreach (var side in sides)
        {
            var (round, load) = (Round.Median(side.Rounds), ServerLoad.Median(side.Loads));
            Console.WriteLine(
                $"| {side.Name} | {round.WorkflowsPerSecond:F0} | {round.P50Milliseconds:F0} | {round.P99Milliseconds:F0} | " +
                $"{round.ProcessorMilliseconds:F1} | {load.EventsPerSecond:F0} | {load.TransitionsPerSecond:F0} | {load.ProcessorShare * 100:F0} % | " +
                $"{load.ProcessorMilliseconds:F1} |");
        }

        if (options.TypeScript is not null)
        {
            var ratio = Round.Median(sides[0].Rounds).WorkflowsPerSecond / Round.Median(sides[1].Rounds).WorkflowsPerSecond;
            Console.WriteLine($"\nRatio C# to TypeScript: {ratio:F1}");
        }
    }

    private sealed record Side(string Name, Func<string, int, Task<Round>> Run)
    {
        public List<Round> Rounds { get; } = [];

        public List<ServerLoad> Loads { get; } = [];
    }
}
