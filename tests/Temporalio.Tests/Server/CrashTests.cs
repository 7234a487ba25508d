using System.Collections.Concurrent;
using System.Globalization;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>Kills the server at random moments under load. DEVSERVER_CRASHES sets how often (default 10).</summary>
public sealed class CrashTests : IDisposable
{
    private const int Lanes = 8;
    private static readonly TimeSpan ShortPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWorkflow = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("devserver-crash").FullName;
    private readonly ConcurrentDictionary<string, FakeWorker> started = new();
    private readonly ConcurrentDictionary<string, bool> acknowledgedActivities = new();
    private readonly ConcurrentBag<string> repeated = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task RandomKills_UnderLoad_LoseAndRepeatNothingAcknowledged()
    {
        var crashes = int.Parse(Environment.GetEnvironmentVariable("DEVSERVER_CRASHES") ?? "10", CultureInfo.InvariantCulture);
        var server = new DevServerProcess(["--db-filename", Path.Combine(folder, "crash.db")]);
        await server.InitializeAsync();
        using var load = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => LaneAsync(server, load.Token))).ToArray();
        var random = new Random(4711);
        for (var i = 0; i < crashes; i++)
        {
            var enough = started.Count + random.Next(5, 25);
            await Eventually.HoldsAsync(() => Task.FromResult(started.Count), count => count >= enough);
            await server.KillAndRestartAsync();
        }

        await load.CancelAsync();
        await Task.WhenAll(lanes);

        Assert.Empty(repeated);
        foreach (var (_, worker) in started)
        {
            Check(await worker.HistoryAsync());
        }

        await server.DisposeAsync();
    }

    [Fact]
    public async Task KilledAfterAnswer_ChildrenAreStartedOnce()
    {
        const int children = 30;
        var server = new DevServerProcess(["--db-filename", Path.Combine(folder, "children.db")]);
        await server.InitializeAsync();
        var parent = new FakeWorker(server);
        await parent.StartAsync();
        await parent.AnswerAsync(await parent.PollAsync(), [.. Enumerable.Range(0, children).Select(i => new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = $"{parent.Id}-{i}",
                WorkflowType = new() { Name = "Child" },
                TaskQueue = new() { Name = "nobody" },
            },
        })]);
        await server.KillAndRestartAsync();
        var started = await Eventually.HoldsAsync(parent.HistoryAsync, events =>
            events.Count(item => item.EventType == EventType.ChildWorkflowExecutionStarted) == children);
        Assert.DoesNotContain(started, item => item.EventType == EventType.StartChildWorkflowExecutionFailed);
        var list = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = "WorkflowType = 'Child'" });
        Assert.Equal(children, list.Executions.Count);
        await server.DisposeAsync();
    }

    private static void Check(IList<HistoryEvent> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(item => (int)item.EventId));
        Assert.Equal(EventType.WorkflowExecutionCompleted, events[^1].EventType);
        Assert.Single(events, item => item.EventType == EventType.WorkflowExecutionSignaled);
        var scheduled = Assert.Single(events, item => item.EventType == EventType.ActivityTaskScheduled);
        var begun = Assert.Single(events, item => item.EventType == EventType.ActivityTaskStarted);
        var completed = Assert.Single(events, item => item.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes;
        Assert.Equal((scheduled.EventId, begun.EventId), (completed.ScheduledEventId, completed.StartedEventId));
        foreach (var closing in events.Select(item => item.WorkflowTaskCompletedEventAttributes).Where(item => item is not null))
        {
            Assert.Equal(EventType.WorkflowTaskScheduled, events[(int)closing.ScheduledEventId - 1].EventType);
            Assert.Equal(EventType.WorkflowTaskStarted, events[(int)closing.StartedEventId - 1].EventType);
        }
    }

    private static bool Passes(RpcException error) => error.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.Unknown or
        RpcException.StatusCode.Internal or RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded;

    /// <summary>Repeats a call until the server says something that a crash does not explain.</summary>
    private static Task<T?> InsistAsync<T>(Func<Task<T>> call) => Eventually.SucceedsAsync(async () =>
    {
        try
        {
            return await call();
        }
        catch (RpcException e) when (!Passes(e))
        {
            return default(T?);
        }
    });

    /// <summary>A poll that finds nothing says so by its deadline.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> poll)
    {
        try
        {
            return await poll();
        }
        catch (RpcException e) when (Passes(e))
        {
            return default;
        }
    }

    private async Task LaneAsync(DevServerProcess server, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var worker = new FakeWorker(server);
            var request = worker.StartRequest();
            await InsistAsync(() => worker.Service.StartWorkflowExecutionAsync(request));
            started.TryAdd(worker.Id, worker);
            await InsistAsync(async () =>
            {
                await worker.SignalAsync("go", "once");
                return true;
            });
            await FinishAsync(worker);
        }
    }

    /// <summary>Plays worker for one workflow until it is complete.</summary>
    private async Task FinishAsync(FakeWorker worker)
    {
        using var patience = new CancellationTokenSource(LongestWorkflow);
        while (!patience.IsCancellationRequested)
        {
            var events = await InsistAsync(worker.HistoryAsync) ?? throw new InvalidOperationException($"{worker.Id} was acknowledged and is gone.");
            if (events[^1].EventType == EventType.WorkflowExecutionCompleted)
            {
                return;
            }

            if (events.Any(item => item.EventType == EventType.ActivityTaskScheduled) && !events.Any(item => item.EventType == EventType.ActivityTaskCompleted))
            {
                await PlayActivityAsync(worker);
                continue;
            }

            var task = await TryAsync(() => worker.PollAsync(patience: ShortPoll));
            if (task is null || task.TaskToken.IsEmpty)
            {
                continue;
            }

            var done = task.History.Events.Any(item => item.EventType == EventType.ActivityTaskCompleted);
            var scheduled = task.History.Events.Any(item => item.EventType == EventType.ActivityTaskScheduled);
            await InsistAsync(() => worker.AnswerAsync(task, done ? [FakeWorker.Complete()] : scheduled ? [] : [worker.Activity("a", command =>
            {
                // An attempt that went to a poll given up in the meantime must not cost more and more time.
                command.StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(3));
                command.RetryPolicy = new() { BackoffCoefficient = 1 };
            })]));
        }

        throw new TimeoutException($"{worker.Id} did not end: {FakeWorker.Types(await worker.HistoryAsync())}.");
    }

    private async Task PlayActivityAsync(FakeWorker worker)
    {
        var activity = await TryAsync(() => worker.Service.PollActivityTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = worker.Queue } }, new() { Timeout = ShortPoll }));
        if (activity is null || activity.TaskToken.IsEmpty)
        {
            return;
        }

        if (acknowledgedActivities.ContainsKey(worker.Id))
        {
            repeated.Add(worker.Id);
        }

        if (await InsistAsync(() => worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = activity.TaskToken })) is not null)
        {
            acknowledgedActivities.TryAdd(worker.Id, true);
        }
    }
}
