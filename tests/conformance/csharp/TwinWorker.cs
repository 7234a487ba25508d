using Temporalio.Client;
using Temporalio.Worker;

namespace Dualstack.Conformance;

internal static class TwinWorker
{
    internal static async Task<int> RunAsync(string address, string queue, int cached)
    {
        var client = await TemporalClient.ConnectAsync(new(address));
        var options = new TemporalWorkerOptions(queue)
        {
            MaxCachedWorkflows = cached,

            // Cancellation travels with heartbeats, and tests do not wait for the next in seconds.
            MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(200),
        }.AddAllActivities(new TwinActivities());
        foreach (var workflow in Twins.All)
        {
            options.AddWorkflow(workflow);
        }

        using var worker = new TemporalWorker(client, options);
        await worker.ExecuteAsync(async () =>
        {
            Console.WriteLine("ready");
            await Task.Run(Console.In.ReadToEnd);
        });
        return 0;
    }
}
