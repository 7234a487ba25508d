using System.Globalization;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;

namespace Dualstack.Bench.Throughput;

/// <summary>Pages of lists among very many workflows.</summary>
internal static class ListBench
{
    private const int PageSize = 100;
    private const int Times = 200;
    private static readonly SearchAttributeKey<string> Color = SearchAttributeKey.CreateKeyword("Color");

    public static async Task RunAsync(BenchOptions options)
    {
        await using var server = await BenchServer.StartAsync("--search-attribute", "Color=Keyword");
        var client = await server.ConnectAsync(gzip: false);
        var begin = TimeProvider.System.GetTimestamp();
        await FillAsync(client, options.Closed, closed: true, options.Concurrency);
        var middle = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        await FillAsync(client, options.Open, closed: false, options.Concurrency);
        var calls = ((2 * options.Closed) + options.Open) / TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine($"""

            Lists: {options.Closed} closed and {options.Open} open workflows of ten types, one keyword attribute with 1,000 values, made by real
            requests ({calls:F0} starts and terminations a second); pages of {PageSize}, {Times} times each, one after another, client included.

            | filter | found on the page | median ms | p99 ms |
            |---|--:|--:|--:|
            """);
        foreach (var filter in new[]
        {
            "",
            "ExecutionStatus = 'Running'",
            "WorkflowType = 'Type3' AND ExecutionStatus = 'Terminated'",
            "Color = 'c42'",
            "Color IN ('c1', 'c2') AND ExecutionStatus = 'Running'",
            "Color STARTS_WITH 'c99' AND WorkflowType = 'Type1'",
            "WorkflowId = 'list-closed-4711'",
            $"StartTime > '{middle}' AND WorkflowType = 'Type5'",
        })
        {
            await MeasureAsync(filter.Length == 0 ? "(none)" : filter, () => PageAsync(client, filter));
        }

        ListWorkflowExecutionsResponse? last = null;
        await MeasureAsync($"(none), page after page up to the {Times}th", async () => last = await PageAsync(client, "", last));
        await MeasureCountAsync(client, "ExecutionStatus = 'Running'");
    }

    private static Task FillAsync(TemporalClient client, int count, bool closed, int concurrency) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = concurrency },
        async (i, _) =>
        {
            var handle = await client.StartWorkflowAsync($"Type{i % 10}", [], new($"list-{(closed ? "closed" : "open")}-{i}", "nobody")
            {
                TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Color, $"c{i * 7919L % 1000}").ToSearchAttributeCollection(),
            });
            if (closed)
            {
                await handle.TerminateAsync();
            }
        });

    private static Task<ListWorkflowExecutionsResponse> PageAsync(TemporalClient client, string filter, ListWorkflowExecutionsResponse? after = null)
    {
        var request = new ListWorkflowExecutionsRequest { Namespace = client.Options.Namespace, Query = filter, PageSize = PageSize };
        if (after is not null)
        {
            request.NextPageToken = after.NextPageToken;
        }

        return client.WorkflowService.ListWorkflowExecutionsAsync(request);
    }

    private static async Task MeasureAsync(string name, Func<Task<ListWorkflowExecutionsResponse>> page)
    {
        var found = 0;
        var (median, p99) = await TimeAsync(async () => found = (await page()).Executions.Count);
        Console.WriteLine($"| `{name}` | {found} | {median:F1} | {p99:F1} |");
    }

    private static async Task MeasureCountAsync(TemporalClient client, string filter)
    {
        var (median, p99) = await TimeAsync(() => client.CountWorkflowsAsync(filter));
        Console.WriteLine($"| count of `{filter}` | | {median:F1} | {p99:F1} |");
    }

    private static async Task<(double Median, double P99)> TimeAsync(Func<Task> call)
    {
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            await call();
            times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        return (times[Times / 2], times[Times * 99 / 100]);
    }
}
