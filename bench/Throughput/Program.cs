using System.Globalization;
using Dualstack.Bench.Throughput;
using Temporalio.Client;
using Temporalio.Testing;

// Usage: Throughput [COUNT=1000] [CONCURRENCY=100] [ROUNDS=5] [PATH OF round.mjs]
int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
var (count, concurrency, rounds) = (Argument(0, 1000), Argument(1, 100), Argument(2, 5));
var script = args.Length > 3 ? args[3] : null;

var folder = Directory.CreateTempSubdirectory("bench-");
try
{
    await using var environment = await WorkflowEnvironment.StartLocalAsync(new()
    {
        DevServerOptions = new() { DatabaseFilename = Path.Combine(folder.FullName, "temporal.db") },
    });
    var client = (TemporalClient)environment.Client;
    var address = client.Connection.Options.TargetHost!;
    await CSharpRounds.RunAsync(client, concurrency, concurrency);
    List<Round> ours = [], theirs = [];
    for (var round = 0; round < rounds; round++)
    {
        ours.Add(await CSharpRounds.RunAsync(client, count, concurrency));
        Console.Error.WriteLine($"round {round + 1}: C# {ours[^1].WorkflowsPerSecond:F0}/s");
        if (script is not null)
        {
            theirs.Add(await TypeScriptRounds.RunAsync(script, address, count, concurrency));
            Console.Error.WriteLine($"round {round + 1}: TypeScript {theirs[^1].WorkflowsPerSecond:F0}/s");
        }
    }

    Console.WriteLine($"{count} workflows a round, {concurrency} at once, medians of {rounds} interleaved rounds, SQLite on disk");
    Console.WriteLine("| worker and client | workflows/s | p50 ms | p99 ms |");
    Console.WriteLine("|---|--:|--:|--:|");
    Print("C#", Round.Median(ours));
    if (theirs.Count > 0)
    {
        Print("TypeScript 1.24.0", Round.Median(theirs));
        Console.WriteLine($"ratio: {Round.Median(ours).WorkflowsPerSecond / Round.Median(theirs).WorkflowsPerSecond:F1}");
    }
}
finally
{
    folder.Delete(recursive: true);
}

static void Print(string name, Round round) =>
    Console.WriteLine($"| {name} | {round.WorkflowsPerSecond:F0} | {round.P50Milliseconds:F0} | {round.P99Milliseconds:F0} |");
