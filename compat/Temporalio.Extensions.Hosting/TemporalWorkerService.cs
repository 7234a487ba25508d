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
        options.LoggerFactory ??= loggerFactory;
        clientOptions = options.ClientOptions;
        if (clientOptions is null)
        {
            client = existingClient ?? throw new InvalidOperationException(
                "The worker has neither client options nor an ITemporalClient among the services.");
        }
        else if (loggerFactory is not null)
        {
            clientOptions.LoggerFactory = loggerFactory;
        }

        workerOptions = options;
        clientUpdater = options.WorkerClientUpdater;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workerClient = client ?? await TemporalClient.ConnectAsync(clientOptions!);
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
