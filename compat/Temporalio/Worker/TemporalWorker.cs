using Temporalio.Worker.Hosting;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

public class TemporalWorker : IDisposable
{
    private readonly WorkerHost host;

    public TemporalWorker(IWorkerClient client, TemporalWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Options.Plugins?.OfType<ITemporalWorkerPlugin>().FirstOrDefault() is { } plugin)
        {
            throw new NotSupportedException($"Worker plugins are not supported by this stand-in: the client's plugin {plugin.Name} is one");
        }

        WorkerContext.RequireUsable(client);
        Options = (TemporalWorkerOptions)options.Clone();
        // Interceptors of the client that also know workers need not be named twice.
        Options.Interceptors = [.. client.Options.Interceptors?.OfType<IWorkerInterceptor>() ?? [], .. Options.Interceptors ?? []];
        WorkerOptionRules.Require(Options);
        host = new(client, Options, this);
    }

    public TemporalWorkerOptions Options { get; }

    public IWorkerClient Client
    {
        get => host.Client;
        set => host.Client = value;
    }

    public Task ExecuteAsync(CancellationToken stoppingToken) =>
        host.RunAsync<ValueTuple>(null, stoppingToken);

    public Task ExecuteAsync(Func<Task> untilComplete, CancellationToken stoppingToken = default) =>
        host.RunAsync(
            async () =>
            {
                await untilComplete();
                return default(ValueTuple);
            },
            stoppingToken);

    public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> untilComplete, CancellationToken stoppingToken = default) =>
        host.RunAsync(untilComplete, stoppingToken);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            host.Dispose();
        }
    }
}
