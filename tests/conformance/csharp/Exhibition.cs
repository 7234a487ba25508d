using Dualstack.Conformance.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Dualstack.Conformance;

/// <summary>Workflows for a page to show, served until standard input ends.</summary>
internal static class Exhibition
{
    internal static async Task<int> RunAsync(string address, string queue)
    {
        var client = await TemporalClient.ConnectAsync(new(address));
        var options = new TemporalWorkerOptions(queue).AddAllActivities(new TwinActivities());
        foreach (var workflow in Twins.All)
        {
            options.AddWorkflow(workflow);
        }

        using var worker = new TemporalWorker(client, options);
        await worker.ExecuteAsync(async () =>
        {
            WorkflowOptions New(string id) => new(id, queue);
            await client.ExecuteWorkflowAsync((GreetingWorkflow wf) => wf.RunAsync("Ada"), New("greeting/done"));
            try
            {
                await client.ExecuteWorkflowAsync((FamilyWorkflow wf) => wf.RunAsync(true), New("family/failed"));
            }
            catch (WorkflowFailedException)
            {
                // As it was meant.
            }

            var ledger = await client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(1), New("ledger/stopped"));
            await ledger.ExecuteUpdateAsync(wf => wf.AddAndGetAsync(100));
            await ledger.SignalAsync(wf => wf.AddAsync(1));
            await ledger.QueryAsync(wf => wf.Total());
            await ledger.TerminateAsync("no longer needed");
            var exhibit = New($"exhibit/{ExhibitWorkflow.Markup}");
            exhibit.StaticSummary = $"An *exhibit* {ExhibitWorkflow.Markup}";
            await client.StartWorkflowAsync((ExhibitWorkflow wf) => wf.RunAsync(ExhibitWorkflow.Markup), exhibit);
            Console.WriteLine("ready");
            await Task.Run(Console.In.ReadToEnd);
        });
        return 0;
    }
}
