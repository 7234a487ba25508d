using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>What runs inside a <see cref="TemporalWorker"/>: start, pollers, shutdown.</summary>
internal sealed class WorkerHost : IDisposable
{
    private static readonly TimeSpan PollGrace = TimeSpan.FromSeconds(5);

    private readonly WorkerContext context;
    private readonly ILogger logger;
    private readonly CancellationTokenSource shutdown = new();
    private readonly CancellationTokenSource stopLocalActivities = new();
    private readonly WorkflowWorker? workflows;
    private readonly ActivityWorker? activities;
    private int runs;

    internal WorkerHost(IWorkerClient client, TemporalWorkerOptions options, TemporalWorker worker)
    {
        context = new(client, options);
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker");
        var registry = new ActivityRegistry(options.Activities);
        var invoker = new ActivityInvoker(context, registry);
        if (options.Activities.Count > 0 && !options.LocalActivityWorkerOnly)
        {
            activities = new(context, invoker, shutdown.Token);
        }

        if (options.Workflows.Count == 0)
        {
            return;
        }

        var (named, dynamic) = WorkflowEngineOptions.Index(options.Workflows);
        var engine = new WorkflowEngineOptions(
            context.Namespace, context.TaskQueue, client.Options.DataConverter, context.LoggerFactory, options.Interceptors ?? [])
        {
            Workflows = named,
            DynamicWorkflow = dynamic,
            StackTrace = options.WorkflowStackTrace,
            FailureExceptionTypes = options.WorkflowFailureExceptionTypes ?? [],
            PatchActivation = options.PatchActivationCallback,
            BuildId = context.BuildId,
            DeploymentVersion = options.DeploymentOptions?.Version,
            MetricMeter = () => context.MetricMeter,
            TaskStarting = args => options.OnTaskStarting(worker, args),
            TaskCompleted = args => options.OnTaskCompleted(worker, args),
            LocalActivities = registry.Names,
            HasDynamicActivity = registry.HasDynamic,
            EagerActivities = activities != null && !options.DisableEagerActivityExecution &&
                options.MaxTaskQueueActivitiesPerSecond == null,
        };
        workflows = new(
            context, engine, new(context, invoker, stopLocalActivities.Token), activities, stopLocalActivities.Token);
    }

    internal IWorkerClient Client
    {
        get => context.Client;
        set => context.Client = value;
    }

    public void Dispose()
    {
        shutdown.Cancel();
        stopLocalActivities.Cancel();
    }

    internal async Task<TResult> RunAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken)
    {
        if (Interlocked.Exchange(ref runs, 1) != 0)
        {
            throw new InvalidOperationException("Already started");
        }

        ObjectDisposedException.ThrowIf(shutdown.IsCancellationRequested, typeof(TemporalWorker));
        await StartAsync(stoppingToken);
        using var abortPolls = new CancellationTokenSource();
        var stop = new PollStop(shutdown.Token, abortPolls.Token);
        List<Task> pollers;

        // Pollers live as long as the worker, so nothing of whoever starts it may flow into what they run.
        using (ExecutionContext.SuppressFlow())
        {
            pollers =
            [
                .. workflows?.StartPollers(stop) ?? [],
                .. activities?.StartPollers(stop) ?? [],
            ];
        }

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stoppingToken.UnsafeRegister(_ => stopped.TrySetResult(), null);
        Task<TResult>? until = null;
        Task first;
        try
        {
            until = untilComplete?.Invoke();
            first = await Task.WhenAny([stopped.Task, .. until == null ? [] : new Task[] { until }, .. pollers]);
        }
        finally
        {
            await ShutDownAsync(abortPolls, pollers);
        }

        if (until != null && first == until)
        {
            return await until;
        }

        await first;
        stoppingToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The worker stopped polling without having been told to");
    }

    private async Task StartAsync(CancellationToken stoppingToken)
    {
        var described = await context.Service.DescribeNamespaceAsync(
            new() { Namespace = context.Namespace }, WorkerContext.Answer(stoppingToken));
        context.NamespaceCapabilities = described.NamespaceInfo?.Capabilities ?? new();
    }

    private async Task ShutDownAsync(CancellationTokenSource abortPolls, List<Task> pollers)
    {
        await shutdown.CancelAsync();
        var announced = AnnounceShutdownAsync();
        if (context.NamespaceCapabilities.WorkerPollCompleteOnShutdown)
        {
            // The server ends open polls with empty answers, so that no task is handed to a poller that is gone.
            await announced;
            abortPolls.CancelAfter(PollGrace);
        }
        else
        {
            await abortPolls.CancelAsync();
        }

        await Task.WhenAll(pollers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await announced;
        await DrainAsync();
    }

    private async Task DrainAsync()
    {
        var idle = WhenIdleAsync();
        if (context.Options.GracefulShutdownTimeout > TimeSpan.Zero)
        {
            await idle.WaitAsync(context.Options.GracefulShutdownTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!idle.IsCompleted)
        {
            await stopLocalActivities.CancelAsync();
            activities?.CancelAll();
        }

        await idle;
        if (workflows?.Deadlocks is > 0 and var deadlocks)
        {
            logger.LogWarning("The worker ends while {Count} deadlocked workflow tasks are still running", deadlocks);
        }
    }

    // Workflow tasks first: the end of one may bring eager activities.
    private async Task WhenIdleAsync()
    {
        await (workflows?.WhenIdle ?? Task.CompletedTask);
        await (activities?.WhenIdle ?? Task.CompletedTask);
    }

    private async Task AnnounceShutdownAsync()
    {
        var request = new Api.WorkflowService.V1.ShutdownWorkerRequest
        {
            Namespace = context.Namespace,
            Identity = context.Identity,
            Reason = "graceful shutdown",
            StickyTaskQueue = workflows?.StickyQueue ?? string.Empty,
            WorkerInstanceKey = context.InstanceKey,
            TaskQueue = context.TaskQueue,
        };
        if (workflows != null)
        {
            request.TaskQueueTypes.Add(TaskQueueType.Workflow);
        }

        if (activities != null)
        {
            request.TaskQueueTypes.Add(TaskQueueType.Activity);
        }

        try
        {
            await context.Service.ShutdownWorkerAsync(request, new() { Retry = false, Timeout = PollGrace });
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            logger.LogDebug(e, "The server was not told that the worker shuts down");
        }
    }
}
