using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Worker.Running;

/// <summary>Sees to it that the garden's observer runs: one workflow by its id, whoever starts it.</summary>
internal sealed class ObserverKeeper(ITemporalClient client, TimeProvider time, ILogger<ObserverKeeper> logger)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(5);

    public async Task KeepAsync(string garden, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time);
        while (true)
        {
            try
            {
                await client.StartWorkflowAsync(
                    MessageNames.GardenObserverWorkflow,
                    [new ObserveGardenInput(garden)],
                    new WorkflowOptions($"observer/{garden}", TaskQueues.Workflows)
                    {
                        IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                        StaticSummary = $"observes garden {garden}",
                        Rpc = new RpcOptions { CancellationToken = cancellationToken },
                    });
                backoff.Reset();
                await Task.Delay(CheckEvery, time, cancellationToken);
            }
            catch (TemporalException e) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("The observer of garden {Garden} could not be started, trying again: {Why}", garden, e.Message);
                await backoff.PauseAsync(cancellationToken);
            }
        }
    }
}
