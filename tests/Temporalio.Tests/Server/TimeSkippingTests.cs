using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class TimeSkippingTests : IAsyncLifetime
{
    private readonly DevServerProcess server = new([], skipTime: true);

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Unlocked_NothingToDo_JumpsToTheTimer()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("year", TimeSpan.FromDays(365)));
        var before = await NowAsync();
        var watch = Stopwatch.StartNew();
        await server.Client.Connection.TestService.UnlockTimeSkippingAsync(new());
        var task = await worker.PollAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(await NowAsync() - before, TimeSpan.FromDays(364.9), TimeSpan.FromDays(365.1));
        await worker.AnswerAsync(task, FakeWorker.Complete());
    }

    [Fact]
    public async Task TaskWithAWorker_HoldsTheClock()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"), FakeWorker.Timer("day", TimeSpan.FromDays(1)));
        var activity = await worker.PollActivityAsync();
        await server.Client.Connection.TestService.UnlockTimeSkippingAsync(new());
        var before = await NowAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = activity.TaskToken });
        await worker.AnswerAsync(await worker.PollAsync());
        await worker.PollAsync();
        Assert.InRange(await NowAsync() - before, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task UnlockWithSleep_PassesTheTimeAndLocksAgain()
    {
        var before = await NowAsync();
        await server.Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(5)) });
        var after = await NowAsync();
        Assert.InRange(after - before, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromDays(1)));
        Assert.InRange(await NowAsync() - after, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Unlock_WithoutLock_IsAnError()
    {
        await server.Client.Connection.TestService.UnlockTimeSkippingAsync(new());
        await Assert.ThrowsAsync<RpcException>(() => server.Client.Connection.TestService.UnlockTimeSkippingAsync(new()));
    }

    private async Task<DateTimeOffset> NowAsync() => (await server.Client.Connection.TestService.GetCurrentTimeAsync(new Empty())).Time.ToDateTimeOffset();
}
