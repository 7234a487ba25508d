using System.Globalization;

namespace Dualstack.Bench.Throughput;

/// <summary>What to measure, and how much of it.</summary>
internal sealed record BenchOptions(
    string What, int Count, int Concurrency, int Rounds, int Idle, int Closed, int Open, string? TypeScript)
{
    public const string Usage =
        "Usage: Throughput [all|throughput|memory|lists|coldstart|year] [--count 1000] [--concurrency 100] [--rounds 5] " +
        "[--idle 10000] [--closed 100000] [--open 10000] [--typescript PATH OF round.mjs]";

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions("all", 1000, 100, 5, 10_000, 100_000, 10_000, null);
        for (var i = 0; i < args.Length; i++)
        {
            if (i == 0 && !args[0].StartsWith('-'))
            {
                options = options with { What = args[0] };
                continue;
            }

            var value = ++i < args.Length ? args[i] : throw new ArgumentException($"{args[^1]} needs a value. {Usage}");
            options = args[i - 1] switch
            {
                "--count" => options with { Count = Number(value) },
                "--concurrency" => options with { Concurrency = Number(value) },
                "--rounds" => options with { Rounds = Number(value) },
                "--idle" => options with { Idle = Number(value) },
                "--closed" => options with { Closed = Number(value) },
                "--open" => options with { Open = Number(value) },
                "--typescript" => options with { TypeScript = value },
                var other => throw new ArgumentException($"Unknown option {other}. {Usage}"),
            };
        }

        return options.What is "all" or "throughput" or "memory" or "lists" or "coldstart" or "year"
            ? options
            : throw new ArgumentException($"Unknown benchmark {options.What}. {Usage}");
    }

    public bool Wants(string what) => What == "all" || What == what;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
