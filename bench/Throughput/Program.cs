using Dualstack.Bench.Throughput;

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

foreach (var (name, run) in new (string, Func<BenchOptions, Task>)[]
{
    ("coldstart", ColdStartBench.RunAsync),
    ("throughput", ThroughputBench.RunAsync),
    ("memory", MemoryBench.RunAsync),
    ("lists", ListBench.RunAsync),
    ("year", YearBench.RunAsync),
})
{
    if (options.Wants(name))
    {
        await run(options);
    }
}

return 0;
