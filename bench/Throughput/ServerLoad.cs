using Temporalio.Client;

namespace Dualstack.Bench.Throughput;

/// <summary>What a round made the server do.</summary>
/// <param name="EventsPerSecond">History events, all of them committed before the calls that caused them were answered.</param>
/// <param name="TransitionsPerSecond">State transitions of workflows.</param>
/// <param name="ProcessorShare">Of both cores, 0 to 1.</param>
internal sealed record ServerLoad(double EventsPerSecond, double TransitionsPerSecond, double ProcessorShare)
{
    public static ServerLoad None { get; } = new(0, 0, 0);

    /// <summary>Reads what the workflows of a task queue left, once they have all ended.</summary>
    public static async Task<ServerLoad> OfAsync(TemporalClient client, string taskQueue, TimeSpan elapsed, TimeSpan processor)
    {
        long events = 0, transitions = 0;
        var request = new Temporalio.Api.WorkflowService.V1.ListWorkflowExecutionsRequest
        {
            Namespace = client.Options.Namespace,
            Query = $"TaskQueue = '{taskQueue}'",
        };
        do
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(request);
            events += page.Executions.Sum(static info => info.HistoryLength);
            transitions += page.Executions.Sum(static info => info.StateTransitionCount);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        return new ServerLoad(
            events / elapsed.TotalSeconds, transitions / elapsed.TotalSeconds, processor / elapsed / Environment.ProcessorCount);
    }

    public static ServerLoad Median(IReadOnlyCollection<ServerLoad> loads)
    {
        double Middle(Func<ServerLoad, double> value) => loads.Select(value).Order().ElementAt(loads.Count / 2);
        return new ServerLoad(Middle(l => l.EventsPerSecond), Middle(l => l.TransitionsPerSecond), Middle(l => l.ProcessorShare));
    }
}
