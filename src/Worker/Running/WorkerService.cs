using Dualstack.Gardener.Access;
using Dualstack.Gardener.Errors;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Dualstack.Worker.Running;

/// <summary>
/// Runs workflows and activities as soon as Temporal and the garden can be reached, and waits for them otherwise:
/// the activities' task queue is named after the garden, which only the garden knows.
/// </summary>
internal sealed class WorkerService(
    WorkerSettings settings,
    ITemporalClient client,
    GardenIdentity identity,
    ObserverKeeper observer,
    WorkerState state,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<WorkerService> logger) : BackgroundService, IHostedLifecycleService
{
    // The health endpoints end with the other services, so they answer until the worker has drained.
    public Task StoppingAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logger.LogInformation(
            "dualstack worker {Version} with Temporal SDK {Sdk}{StandIn} connects to Temporal at {Address}, namespace {Namespace}",
            ProductVersions.Product,
            ProductVersions.TemporalSdk,
            ProductVersions.IsStandIn(ProductVersions.TemporalSdk) ? " (a stand-in, not for production)" : string.Empty,
            settings.Temporal.Address,
            settings.Temporal.Namespace);
        var backoff = new Backoff(time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await client.Connection.ConnectAsync().WaitAsync(stoppingToken);
                if (await NamespaceCheck.ProblemAsync(client, stoppingToken) is { } problem)
                {
                    state.Waits(problem);
                }
                else
                {
                    var garden = await identity.ResolveAsync(stoppingToken);
                    backoff.Reset();
                    await RunAsync(garden, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && Explain(e) is { } why)
            {
                state.Waits(why);
                logger.LogDebug(e, "Why the worker waits");
            }
            catch (Exception e)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    state.Fails(e);
                    lifetime.StopApplication();
                }

                break;
            }

            try
            {
                await backoff.PauseAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private async Task RunAsync(string garden, CancellationToken stoppingToken)
    {
        using var workflows = new TemporalWorker((IWorkerClient)client, WorkflowWorker());
        using var activities = new TemporalWorker((IWorkerClient)client, ActivityWorker(garden));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var draining = stoppingToken.Register(state.Drains);
        state.Polls(garden, $"takes tasks from {TaskQueues.Workflows} and {TaskQueues.Garden(garden)}");
        Task[] running = [workflows.ExecuteAsync(stop.Token), activities.ExecuteAsync(stop.Token), observer.KeepAsync(garden, stop.Token)];
        var first = await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private TemporalWorkerOptions WorkflowWorker()
    {
        var options = Common(TaskQueues.Workflows);
        options.MaxConcurrentWorkflowTasks = settings.Limits.ConcurrentWorkflowTasks;
        options.MaxCachedWorkflows = settings.Limits.CachedWorkflows;
        foreach (var workflow in WorkerTypes.Workflows)
        {
            options.AddWorkflow(workflow);
        }

        return options;
    }

    private TemporalWorkerOptions ActivityWorker(string garden)
    {
        var options = Common(TaskQueues.Garden(garden));
        options.MaxConcurrentActivities = settings.Limits.ConcurrentActivities;
        foreach (var definition in WorkerTypes.Activities.SelectMany(services.CreateTemporalActivityDefinitions))
        {
            options.AddActivity(definition);
        }

        return options;
    }

    private TemporalWorkerOptions Common(string taskQueue) => new(taskQueue)
    {
        GracefulShutdownTimeout = settings.Limits.GracefulShutdown,
        LoggerFactory = loggers,
    };

    private string? Explain(Exception exception) => exception switch
    {
        GardenException or GardenAccessException => exception.Message,
        _ when TemporalRefusal.Of(exception) is { } refusal => refusal.Sentence(settings.Temporal),
        TemporalException or InvalidOperationException or HttpRequestException or IOException or TimeoutException =>
            $"Temporal at {settings.Temporal.Address} cannot be reached: {exception.Message}",
        _ => null,
    };
}
