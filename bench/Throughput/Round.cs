using System.Text.Json.Serialization;

namespace Dualstack.Bench.Throughput;

/// <summary>What one round measured.</summary>
/// <param name="WorkflowsPerSecond">From the first start to the last result.</param>
/// <param name="P50Milliseconds">Median time from start to result.</param>
/// <param name="P99Milliseconds">99th percentile of the time from start to result.</param>
/// <param name="ProcessorMilliseconds">Processor time of worker and client, a workflow.</param>
internal sealed record Round(
    [property: JsonPropertyName("workflowsPerSecond")] double WorkflowsPerSecond,
    [property: JsonPropertyName("p50")] double P50Milliseconds,
    [property: JsonPropertyName("p99")] double P99Milliseconds,
    [property: JsonPropertyName("processor")] double ProcessorMilliseconds)
{
    public static Round Of(TimeSpan elapsed, TimeSpan processor, IReadOnlyCollection<double> latencies)
    {
        var sorted = latencies.Order().ToArray();
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        return new Round(sorted.Length / elapsed.TotalSeconds, At(0.5), At(0.99), processor.TotalMilliseconds / sorted.Length);
    }

    public static Round Median(IReadOnlyCollection<Round> rounds)
    {
        double Middle(Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
        return new Round(Middle(r => r.WorkflowsPerSecond), Middle(r => r.P50Milliseconds), Middle(r => r.P99Milliseconds), Middle(r => r.ProcessorMilliseconds));
    }
}
