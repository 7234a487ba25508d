using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Starting, stopping and outliving the server.</summary>
[Collection(PatientWorkerCollection.Name)]
public sealed class LifecycleTests(ServerFixture server)
{
    [Fact]
    public async Task GracefulShutdown_LetsARunningActivityFinish()
    {
        var job = new Job();
        var queue = $"queue-{Guid.NewGuid():N}";
        var handle = await server.Client.StartWorkflowAsync(
            (JobWorkflow wf) => wf.RunAsync(), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.GracefulShutdownTimeout = TimeSpan.FromSeconds(30);
                options.AddWorkflow<JobWorkflow>().AddAllActivities(job);
            },
            async scope =>
            {
                await job.Started.Task;
                _ = EndWhenToldAsync(job);
            });
        Assert.False(job.Cancelled);

        // The activity's result reached the server; another worker takes the workflow to its end.
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<JobWorkflow>();
            },
            async _ => Assert.Equal("done", await handle.GetResultAsync()));
    }

    [Fact]
    public async Task ShutdownWithoutGrace_CancelsARunningActivity_WhichIsTriedAgain()
    {
        var job = new Job();
        var queue = $"queue-{Guid.NewGuid():N}";
        var handle = await server.Client.StartWorkflowAsync(
            (JobWorkflow wf) => wf.RunAsync(), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<JobWorkflow>().AddAllActivities(job);
            },
            async _ => await job.Started.Task);
        Assert.True(job.Cancelled);
        Assert.Equal(ActivityCancelReason.WorkerShutdown, job.Reason);

        var next = new Job();
        next.MayEnd.TrySetResult();
        await server.WithWorkerAsync(
            options =>
            {
                options.TaskQueue = queue;
                options.AddWorkflow<JobWorkflow>().AddAllActivities(next);
            },
            async _ => Assert.Equal("done", await handle.GetResultAsync()));
    }

    [Fact]
    public async Task StoppedWorker_EndsAsCancelled()
    {
        using var worker = new TemporalWorker(server.Client, new TemporalWorkerOptions("stopping").AddWorkflow<JobWorkflow>());
        using var stop = new CancellationTokenSource();
        var running = worker.ExecuteAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public Task BuildId_OfTheObsoleteOption_WasIgnored() => server.WithWorkerAsync(
        options =>
        {
#pragma warning disable CS0618 // The obsolete option is still official.
            options.BuildId = "b7";
#pragma warning restore CS0618
            options.AddWorkflow<BuiltWorkflow>();
        },
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((BuiltWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.GetResultAsync();
            var completed = (await handle.FetchHistoryAsync()).Events.First(e => e.WorkflowTaskCompletedEventAttributes != null);
            Assert.Equal("b7", completed.WorkflowTaskCompletedEventAttributes.WorkerVersion.BuildId);
        });

    [Fact]
    public async Task UnknownNamespace_EndsTheWorkerAtOnce()
    {
        var elsewhere = await TemporalClient.ConnectAsync(
            new(server.Client.Connection.Options.TargetHost!) { Namespace = "no-such-namespace" });
        using var worker = new TemporalWorker(elsewhere, new TemporalWorkerOptions("queue").AddWorkflow<JobWorkflow>());
        var e = await Assert.ThrowsAsync<global::Temporalio.Exceptions.RpcException>(
            () => worker.ExecuteAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(global::Temporalio.Exceptions.RpcException.StatusCode.NotFound, e.Code);
    }

    [Fact]
    public async Task ServerThatComesBack_FindsItsWorkerStillPolling()
    {
        var port = FreePort();
        var data = Path.Combine(Path.GetTempPath(), $"worker-{Guid.NewGuid():N}.db");
        var job = new Job();
        job.MayEnd.TrySetResult();
        try
        {
            var first = await StartAsync(port, data);

            // Its own connection: the environment closes the one it gave out.
            var client = await TemporalClient.ConnectAsync(new($"127.0.0.1:{port}"));
            using var worker = new TemporalWorker(
                client, new TemporalWorkerOptions("queue").AddWorkflow<JobWorkflow>().AddAllActivities(job));
            await worker.ExecuteAsync(async () =>
            {
                Assert.Equal("done", await client.ExecuteWorkflowAsync((JobWorkflow wf) => wf.RunAsync(), new("before", "queue")));
                await first.ShutdownAsync();
                var second = await StartAsync(port, data);
                try
                {
                    var result = await client.ExecuteWorkflowAsync((JobWorkflow wf) => wf.RunAsync(), new("after", "queue"));
                    Assert.Equal("done", result);
                }
                finally
                {
                    await second.DisposeAsync();
                }
            }).WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            File.Delete(data);
        }
    }

    private static Task<WorkflowEnvironment> StartAsync(int port, string data) => WorkflowEnvironment.StartLocalAsync(
        new() { TargetHost = $"127.0.0.1:{port}", DevServerOptions = new() { DatabaseFilename = data } });

    private static async Task EndWhenToldAsync(Job job)
    {
        await job.ShutdownSeen.Task;
        job.MayEnd.TrySetResult();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public sealed class Job
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource ShutdownSeen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Cancelled { get; private set; }

        public ActivityCancelReason Reason { get; private set; }

        [Activity]
        public async Task<string> WorkAsync()
        {
            var context = ActivityExecutionContext.Current;
            using var shutdown = context.WorkerShutdownToken.Register(() => ShutdownSeen.TrySetResult());
            Started.TrySetResult();
            try
            {
                await MayEnd.Task.WaitAsync(context.CancellationToken);
                return "done";
            }
            catch (OperationCanceledException)
            {
                Cancelled = true;
                Reason = context.CancelReason;
                throw;
            }
        }
    }

    [Workflow]
    public sealed class JobWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync() => await Workflow.ExecuteActivityAsync(
            (Job job) => job.WorkAsync(),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(40),
                RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10) },
            });
    }

    [Workflow]
    public sealed class BuiltWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;
    }
}
