namespace Temporalio.Worker;

/// <summary>What runs inside a <see cref="TemporalWorker"/>.</summary>
internal sealed class WorkerHost(IWorkerClient client) : IDisposable
{
    internal IWorkerClient Client { get; set; } = client;

    internal Task<TResult> RunAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken) =>
        throw new NotSupportedException("This build of the stand-in has no worker");

    public void Dispose()
    {
    }
}
