namespace Dualstack.Bench.Throughput;

/// <summary>From the start of the server's process to the answer of its first call.</summary>
internal static class ColdStartBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        var times = new List<double>();
        for (var round = 0; round < Math.Max(options.Rounds, 5); round++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            await using var server = await BenchServer.StartAsync();
            times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"""

            Cold start of the dev server: {times[times.Count / 2]:F0} ms from process start to the first answer with a new database
            (median of {times.Count}, {times[0]:F0} to {times[^1]:F0} ms).
            """);
    }
}
