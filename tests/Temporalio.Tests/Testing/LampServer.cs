using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Testing;

/// <summary>A dev server with a worker for lamps.</summary>
public sealed class LampServer : IAsyncLifetime
{
    public const string Queue = "lamps";

    private readonly CancellationTokenSource stop = new();
    private WorkflowEnvironment environment = null!;
    private Task working = Task.CompletedTask;

    public ITemporalClient Client => environment.Client;

    public async Task InitializeAsync()
    {
        environment = await WorkflowEnvironment.StartLocalAsync();
        var worker = new TemporalWorker(Client, new TemporalWorkerOptions(Queue).AddWorkflow<Lamp>().AddActivity(Lamp.PressAsync));
        working = worker.ExecuteAsync(stop.Token);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        stop.Dispose();
        await environment.DisposeAsync();
    }
}
