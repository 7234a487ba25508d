using System.Net;
using System.Net.Sockets;
using Temporalio.Api.Enums.V1;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class OneServerPerDatabaseTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("devserver-lock").FullName;
    private readonly DevServerProcess server;

    public OneServerPerDatabaseTests() => server = new(["--db-filename", Database]);

    private string Database => Path.Combine(folder, "one.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task SecondServerOnTheSameDatabase_SaysWhyItEndsInsteadOfHandingOutTheSameTasks()
    {
        await server.StartAsync();
        using var second = DevServerProcess.Launch(["server", "start-dev", "--port", $"{DevServerProcess.FreePort()}", "--db-filename", Database]);
        var sentence = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();
        Assert.Equal(1, second.ExitCode);
        Assert.Equal(
            $"The database {Database} cannot be used: another server has it open. Stop that one or choose another --db-filename.", sentence.Trim());

        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
    }

    [Fact]
    public async Task PredecessorStillEnding_IsWaitedFor()
    {
        Task starting;
        await using (new FileStream(Database + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            starting = server.StartAsync();
            await Eventually.SucceedsAsync(async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, server.Port);
                return true;
            });
            Assert.False(starting.IsCompleted);
        }

        await starting;
        await new FakeWorker(server).StartAsync();
    }

    [Fact]
    public async Task ServerThatDoesNotGetItsPort_FiresNoTimerOfTheDatabase()
    {
        await server.StartAsync();
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromSeconds(1)));
        await server.KillAsync();

        using (var busy = new TcpListener(IPAddress.Loopback, 0))
        {
            busy.Start();
            using var failing = DevServerProcess.Launch(
                ["server", "start-dev", "--port", $"{((IPEndPoint)busy.LocalEndpoint).Port}", "--db-filename", Database]);
            await failing.WaitForExitAsync();
            Assert.Equal(1, failing.ExitCode);
        }

        var failed = DateTime.UtcNow;
        await server.StartAsync();
        var events = await Eventually.HoldsAsync(worker.HistoryAsync, events => events.Any(item => item.EventType == EventType.TimerFired));
        Assert.True(events.Single(item => item.EventType == EventType.TimerFired).EventTime.ToDateTime() >= failed);
    }
}
