using Temporalio.Activities;

namespace Dualstack.Bench.Throughput;

public static class BenchActivities
{
    [Activity]
    public static string Greet(string name) => $"Hello, {name}!";
}
