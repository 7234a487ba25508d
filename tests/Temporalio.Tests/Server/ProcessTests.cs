using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class ProcessTests(DevServerProcess server) : IClassFixture<DevServerProcess>
{
    [Fact]
    public async Task UnknownMethod_AnswersUnimplementedByName()
    {
        var response = await RawCall.SendAsync(server.Port, "CreateSchedule", new GetSystemInfoRequest(), compressed: false);
        Assert.Equal("12", Assert.Single(response.Headers.GetValues("grpc-status")));
        Assert.Contains("CreateSchedule", Assert.Single(response.Headers.GetValues("grpc-message")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownNamespace_IsNotFoundByName()
    {
        var worker = new FakeWorker(server) { Namespace = "nowhere" };
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
        Assert.EndsWith("NamespaceNotFoundFailure", Assert.Single(error.GrpcStatus.Value!.Details).TypeUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_LongIdAndLargeInput_AreRefused()
    {
        var worker = new FakeWorker(server);
        var longId = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync(request => request.WorkflowId = new string('x', 1001)));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, longId.Code);
        var large = await Assert.ThrowsAsync<RpcException>(() =>
            worker.StartAsync(request => request.Input = FakeWorker.Text(new string('x', 2 * 1024 * 1024))));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, large.Code);
    }

    [Fact]
    public async Task EndOfStandardInput_EndsTheServer()
    {
        using var process = DevServerProcess.Launch(["server", "start-dev", "--port", $"{DevServerProcess.FreePort()}", "--headless"]);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task BusyPort_IsToldInOneSentence()
    {
        using var process = DevServerProcess.Launch(["server", "start-dev", "--port", $"{server.Port}", "--headless"]);
        var sentence = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Equal($"Port {server.Port} on 127.0.0.1 is in use: stop what listens there or choose another --port.", sentence.Trim());
    }

    [Fact]
    public async Task BusyUiPort_IsNotToldAsTheServersPort()
    {
        using var process = DevServerProcess.Launch(["server", "start-dev", "--port", $"{DevServerProcess.FreePort()}", "--ui-port", $"{server.Port}"]);
        var sentence = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Equal(
            $"Port {server.Port} on 127.0.0.1 is in use: stop what listens there, choose another --ui-port, or do without the page (--headless).",
            sentence.Trim());
    }

    [Fact]
    public async Task UiPort_NotGiven_IsAThousandAboveThePort()
    {
        var port = Enumerable.Range(0, 100).Select(_ => DevServerProcess.FreePort()).First(port => port < 60_000);
        using var process = DevServerProcess.Launch(["server", "start-dev", "--port", $"{port}", "--log-level", "warn"]);
        using var http = new HttpClient();
        var page = await Eventually.SucceedsAsync(() => http.GetStringAsync(new Uri($"http://127.0.0.1:{port + 1000}/")));
        Assert.Contains("Workflows in default", page, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task KilledServer_SameDatabase_GoesOnWhereItWas()
    {
        var file = Path.Combine(Path.GetTempPath(), $"devserver-{Guid.NewGuid():N}.db");
        var durable = new DevServerProcess(["--db-filename", file]);
        await durable.InitializeAsync();
        try
        {
            var worker = new FakeWorker(durable);
            await worker.StartAsync();
            await worker.AnswerAsync(
                await worker.PollAsync(), worker.Activity("started"), worker.Activity("waiting"), FakeWorker.Timer("t", TimeSpan.FromSeconds(1)));
            var activity = await worker.PollActivityAsync();
            var lost = new FakeWorker(durable);
            await lost.StartAsync();
            await lost.SignalAsync("kept");
            var before = await worker.HistoryAsync();

            await durable.KillAndRestartAsync();

            Assert.Equal(before, (await worker.HistoryAsync()).Take(before.Count));
            await worker.Service.RespondActivityTaskCompletedAsync(new() { TaskToken = activity.TaskToken, Result = FakeWorker.Text("r") });
            Assert.NotEqual(activity.ActivityId, (await worker.PollActivityAsync()).ActivityId);
            await Eventually.HoldsAsync(worker.HistoryAsync, events => events.Any(item => item.EventType == EventType.TimerFired));
            Assert.Contains((await lost.PollAsync()).History.Events, item => item.EventType == EventType.WorkflowExecutionSignaled);
        }
        finally
        {
            await durable.DisposeAsync();
            foreach (var leftover in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
            {
                File.Delete(leftover);
            }
        }
    }
}
