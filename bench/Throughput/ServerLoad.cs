using Temporalio.Client;

namespace Dualstack.Bench.Throughput;

/// <summary>What a round made the server do.</summary>
/// <param name="EventsPerSecond">History events, all of them committed before the calls that caused them were answered.</param>
/// <param name="TransitionsPerSecond">State transitions of workflows.</param>
/// <param name="ProcessorShare">Of all cores, 0 to 1.</param>
/// <param name="ProcessorMilliseconds">Processor time a workflow.</param>
internal sealed record ServerLoad(double EventsPerSecond, double TransitionsPerSecond, double ProcessorShare, double ProcessorMilliseconds)
{
    /// <summary>Reads what the workflows of a task queue left, once they have all ended.</summary>
    public static async Task<ServerLoad> OfAsync(TemporalClient client, string taskQueue, double workflowsPerSecond, TimeSpan processor)
    {
        long events = 0, transitions = 0, count = 0;
        var request = new Temporalio.Api.WorkflowService.V1.ListWorkflowExecutionsRequest
        {
            Namespace = client.Options.Namespace,
            Query = $"TaskQueue = '{taskQueue}'",
        };
        do
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(request);
            count += page.Executions.Count;
            events += page.Executions.Sum(static info => info.HistoryLength);
            transitions += page.Executions.Sum(static info => info.StateTransitionCount);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        // Of all the queue's workflows, those that warmed the worker up included, so the rates are those of one, times the measured throughput.
        var each = processor.TotalMilliseconds / count;
        return new ServerLoad(
            workflowsPerSecond * events / count,
            workflowsPerSecond * transitions / count,
            workflowsPerSecond * each / 1000 / Environment.ProcessorCount,
            each);
    }

    public static ServerLoad Median(IReadOnlyCollection<ServerLoad> loads)
    {
        double Middle(Func<ServerLoad, double> value) => loads.Select(value).Order().ElementAt(loads.Count / 2);
        return new ServerLoad(
            Middle(l => l.EventsPerSecond), Middle(l => l.TransitionsPerSecond), Middle(l => l.ProcessorShare), Middle(l => l.ProcessorMilliseconds));
    }
}
