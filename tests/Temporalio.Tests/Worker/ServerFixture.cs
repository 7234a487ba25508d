using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>One dev server for all tests of the worker.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private WorkflowEnvironment? environment;

    public ITemporalClient Client => environment!.Client;

    public async Task InitializeAsync() => environment = await WorkflowEnvironment.StartLocalAsync();

    public async Task DisposeAsync() => await environment!.DisposeAsync();

    /// <summary>Runs a worker on a task queue of its own while <paramref name="body"/> runs.</summary>
    public async Task WithWorkerAsync(Action<TemporalWorkerOptions> configure, Func<WorkerScope, Task> body)
    {
        var options = new TemporalWorkerOptions($"queue-{Guid.NewGuid():N}");
        configure(options);
        using var worker = new TemporalWorker(Client, options);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await worker.ExecuteAsync(() => body(new(Client, options.TaskQueue!)), limit.Token);
    }
}
