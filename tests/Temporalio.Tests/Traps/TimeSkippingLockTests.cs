using Dualstack.Temporalio.Tests.Server;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>The virtual clock jumps only while nobody holds it: no client's lock, no task, activity or query with a worker.</summary>
public sealed class TimeSkippingLockTests(TimeSkippingLockTests.SkippingServer server) : IClassFixture<TimeSkippingLockTests.SkippingServer>, IAsyncLifetime
{
    private static readonly TimeSpan NoTime = TimeSpan.FromMinutes(1);

    private TestService Clock => server.Client.Connection.TestService;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Ends what the test left open, and locks the clock once, as it is at the server's start.</summary>
    public async Task DisposeAsync()
    {
        await foreach (var open in server.Client.ListWorkflowsAsync("ExecutionStatus = 'Running'"))
        {
            await server.Client.GetWorkflowHandle(open.Id).TerminateAsync();
        }

        var locked = true;
        while (locked)
        {
            locked = await Record.ExceptionAsync(() => Clock.UnlockTimeSkippingAsync(new())) is null;
        }

        await Clock.LockTimeSkippingAsync(new());
    }

    [Fact]
    public async Task Start_IsLockedOnce_UnlockLetsAYearPassAtOnce()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("year", TimeSpan.FromDays(365)));
        var before = await NowAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.Zero, NoTime);
        await Clock.UnlockTimeSkippingAsync(new());
        var task = await worker.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromDays(364.9), TimeSpan.FromDays(365.1));
        await worker.AnswerAsync(task, FakeWorker.Complete());
    }

    [Fact]
    public async Task Locks_AreCounted_AndUnbalancedUnlockIsAnError()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("day", TimeSpan.FromDays(1)));
        await Clock.LockTimeSkippingAsync(new());
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        Assert.InRange(await NowAsync() - before, TimeSpan.Zero, NoTime);
        await Clock.UnlockTimeSkippingAsync(new());
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        await Assert.ThrowsAsync<RpcException>(() => Clock.UnlockTimeSkippingAsync(new()));
    }

    [Fact]
    public async Task WorkflowTask_HoldsTheClockUntilItsAnswer()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("day", TimeSpan.FromDays(1)));
        await worker.SignalAsync("wake");
        await HeldAsync();
        var task = await worker.PollAsync();
        await HeldAsync();
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        await worker.AnswerAsync(task);
        await worker.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task Activity_HoldsTheClock_ButNotWhileItWaitsForItsNextAttempt()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(
            await worker.PollAsync(),
            worker.Activity("1", command => command.RetryPolicy = new RetryPolicy
            {
                InitialInterval = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
                BackoffCoefficient = 1,
            }),
            FakeWorker.Timer("day", TimeSpan.FromDays(1)));
        var activity = await worker.PollActivityAsync();
        await HeldAsync();
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        await worker.Service.RespondActivityTaskFailedAsync(new()
        {
            TaskToken = activity.TaskToken,
            Failure = new() { Message = "again", ApplicationFailureInfo = new() },
        });

        // The wait of an hour is skipped; then the second attempt holds the clock before the day is over.
        var second = await worker.PollActivityAsync();
        Assert.Equal(2, second.Attempt);
        Assert.InRange(await NowAsync() - before, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = second.TaskToken });
        await worker.AnswerAsync(await worker.PollAsync());
        await worker.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task Query_HoldsTheClockUntilItsAnswer()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("day", TimeSpan.FromDays(1)));
        var query = worker.QueryAsync();
        var task = await worker.PollAsync();
        await HeldAsync();
        await worker.AnswerQueryAsync(task);
        await query;
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        await worker.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task Child_HoldsTheClockFromItsStartToItsParentsTask()
    {
        var parent = new FakeWorker(server.Process);
        var child = new FakeWorker(server.Process);
        await parent.StartAsync();
        await parent.AnswerAsync(
            await parent.PollAsync(),
            FakeWorker.Timer("day", TimeSpan.FromDays(1)),
            new Command
            {
                CommandType = global::Temporalio.Api.Enums.V1.CommandType.StartChildWorkflowExecution,
                StartChildWorkflowExecutionCommandAttributes = new()
                {
                    Namespace = "default",
                    WorkflowId = child.Id,
                    WorkflowType = new() { Name = "Child" },
                    TaskQueue = new() { Name = child.Queue },
                },
            });
        await HeldAsync();
        await parent.AnswerAsync(await parent.PollAsync());
        await HeldAsync();
        await child.AnswerAsync(await child.PollAsync(), FakeWorker.Complete());
        await HeldAsync();
        await parent.AnswerAsync(await parent.PollAsync());
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        await parent.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task NothingIsDue_TimePassesAsOnTheWall()
    {
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        Assert.InRange(await NowAsync() - before, TimeSpan.Zero, NoTime);
    }

    [Fact]
    public async Task UnlockWithSleep_PassesTheTimeAndLocksAgain()
    {
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(5)) });
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromDays(1)));
        await worker.RoundTripAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
    }

    /// <summary>Unlocks, sees that the clock did not move, and locks again.</summary>
    private async Task HeldAsync()
    {
        var before = await NowAsync();
        await Clock.UnlockTimeSkippingAsync(new());
        Assert.InRange(await NowAsync() - before, TimeSpan.Zero, NoTime);
        await Clock.LockTimeSkippingAsync(new());
    }

    private async Task<DateTimeOffset> NowAsync() => (await Clock.GetCurrentTimeAsync(new Empty())).Time.ToDateTimeOffset();

    public sealed class SkippingServer : IAsyncLifetime
    {
        internal DevServerProcess Process { get; } = new([], skipTime: true);

        internal TemporalClient Client => Process.Client;

        public Task InitializeAsync() => Process.InitializeAsync();

        public Task DisposeAsync() => Process.DisposeAsync();
    }
}
