using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

public class TemporalWorkerService : BackgroundService
{
    private readonly TemporalClientConnectOptions? clientOptions;
    private readonly ITemporalClient? client;
    private readonly TemporalWorkerOptions workerOptions;
    private readonly TemporalWorkerClientUpdater? clientUpdater;

    public TemporalWorkerService(TemporalWorkerServiceOptions options)
    {
        clientOptions = options.ClientOptions
            ?? throw new ArgumentException("Client options are required.", nameof(options));
        workerOptions = options;
        clientUpdater = options.WorkerClientUpdater;
    }

    public TemporalWorkerService(TemporalClientConnectOptions clientOptions, TemporalWorkerOptions workerOptions)
    {
        this.clientOptions = clientOptions;
        this.workerOptions = workerOptions;
    }

    public TemporalWorkerService(ITemporalClient client, TemporalWorkerOptions workerOptions)
    {
        this.client = client;
        this.workerOptions = workerOptions;
    }

    public TemporalWorkerService(
        TemporalWorkerServiceIdentifier serviceId,
        IOptionsMonitor<TemporalWorkerServiceOptions> optionsMonitor,
        ITemporalClient? existingClient = null,
        ILoggerFactory? loggerFactory = null)
    {
        var options = (TemporalWorkerServiceOptions)optionsMonitor
            .Get(TemporalWorkerServiceOptions.NameOf(serviceId.TaskQueue, serviceId.Version))
            .Clone();
        if (options.TaskQueue != serviceId.TaskQueue)
        {
            throw new InvalidOperationException(
                $"Task queue '{serviceId.TaskQueue}' on constructor different than '{options.TaskQueue}' on options");
        }

        if (options.DeploymentOptions?.Version?.ToCanonicalString() is var version && version != serviceId.Version)
        {
            throw new InvalidOperationException(
                $"Deployment Version '{serviceId.Version ?? "<unset>"}' on constructor different than '{version ?? "<unset>"}' on options");
        }

        options.LoggerFactory ??= loggerFactory;
        clientOptions = options.ClientOptions;
        if (clientOptions is null)
        {
            client = existingClient ?? throw new InvalidOperationException(
                "Cannot start worker service with no client and no client connect options");
        }
        else if (options.LoggerFactory is not null)
        {
            clientOptions.LoggerFactory = options.LoggerFactory;
        }

        workerOptions = options;
        clientUpdater = options.WorkerClientUpdater;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workerClient = client ?? await TemporalClient.ConnectAsync(clientOptions!);
        // A worker takes no client that has not connected yet, and one from the services may be lazy.
        await workerClient.Connection.ConnectAsync();
        using var worker = new TemporalWorker(workerClient, workerOptions);
        void Update(object? sender, IWorkerClient updated) => worker.Client = updated;
        if (clientUpdater is not null)
        {
            clientUpdater.ClientUpdated += Update;
        }

        try
        {
            await worker.ExecuteAsync(stoppingToken);
        }
        finally
        {
            if (clientUpdater is not null)
            {
                clientUpdater.ClientUpdated -= Update;
            }
        }
    }
}
