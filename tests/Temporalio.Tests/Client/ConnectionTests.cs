using System.Net;
using System.Net.Sockets;
using Grpc.Health.V1;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Client;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Connect_ToNobody_SaysWhere()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var target = free.LocalEndpoint.ToString()!;
        free.Stop();

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => TemporalClient.ConnectAsync(new(target)));

        Assert.Contains(target, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_CredentialsNotAccepted_TellsTheStatusInItsTextAsTheNativeCoreDoes()
    {
        await using var peer = await GrpcPeer.StartAsync(
            c => c.ReplyAsync(new CountWorkflowExecutionsResponse()), systemInfo: c => c.FailAsync(7, "Request unauthorized."));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => TemporalClient.ConnectAsync(new(peer.Target)));

        Assert.Contains("code: PermissionDenied, message: \"Request unauthorized.\"", e.Message, StringComparison.Ordinal);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public async Task Connect_ToServerWithoutSystemInfo_Succeeds()
    {
        await using var peer = await GrpcPeer.StartAsync(
            c => c.ReplyAsync(new CountWorkflowExecutionsResponse { Count = 3 }),
            systemInfo: c => c.FailAsync(12, "unknown method"));

        var client = await TemporalClient.ConnectAsync(new(peer.Target));

        Assert.Equal(3, (await client.CountWorkflowsAsync("")).Count);
    }

    [Fact]
    public async Task CreateLazy_BeforeFirstCall_ConnectsToNothing()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new CountWorkflowExecutionsResponse()));

        var client = TemporalClient.CreateLazy(new(peer.Target));
        Assert.False(client.Connection.IsConnected);
        Assert.Empty(peer.Calls);
        await client.CountWorkflowsAsync("");

        Assert.True(client.Connection.IsConnected);
        Assert.Equal(["GetSystemInfo", "CountWorkflowExecutions"], peer.Calls.Select(c => c.Rpc));
    }

    [Theory]
    [InlineData(HealthCheckResponse.Types.ServingStatus.Serving, true)]
    [InlineData(HealthCheckResponse.Types.ServingStatus.NotServing, false)]
    public async Task CheckHealth_ForService_TellsWhetherItServes(HealthCheckResponse.Types.ServingStatus status, bool expected)
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new HealthCheckResponse { Status = status }));
        var connection = await TemporalConnection.ConnectAsync(new(peer.Target));

        Assert.Equal(expected, await connection.CheckHealthAsync());

        var request = HealthCheckRequest.Parser.ParseFrom(peer.CallsOf("Check").Single().Message);
        Assert.Equal("temporal.api.workflowservice.v1.WorkflowService", request.Service);
    }

    [Fact]
    public async Task ApiKey_WithoutTlsOptions_IsNotSentInTheClear()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new CountWorkflowExecutionsResponse()));

        await Assert.ThrowsAsync<InvalidOperationException>(() => TemporalClient.ConnectAsync(new(peer.Target) { ApiKey = "secret" }));

        Assert.Empty(peer.Calls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:7233")]
    [InlineData("localhost:7233/path")]
    public async Task TargetHost_NotHostAndPort_IsRefused(string? target) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TemporalClient.ConnectAsync(new() { TargetHost = target }));

    [Fact]
    public async Task Connect_ThroughProxy_TunnelsWithCredentials()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new CountWorkflowExecutionsResponse { Count = 5 }));
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = TunnelAsync(proxy, peer.Port);
        var log = new ListLogger();

        var client = await TemporalClient.ConnectAsync(new("temporal.example:7233")
        {
            HttpConnectProxy = new(proxy.LocalEndpoint.ToString()!) { BasicAuth = ("user", "pass") },
            LoggerFactory = log,
        });

        Assert.Equal(5, (await client.CountWorkflowsAsync("")).Count);
        var head = await asked;
        Assert.StartsWith("CONNECT temporal.example:7233 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n", head, StringComparison.Ordinal);

        // Not on this machine: whoever runs a stand-in there shall know.
        Assert.Contains("stand-in", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private static async Task<string> TunnelAsync(TcpListener proxy, int port)
    {
        var near = (await proxy.AcceptTcpClientAsync()).GetStream();
        var head = new System.Text.StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await near.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        var farClient = new TcpClient();
        await farClient.ConnectAsync(IPAddress.Loopback, port);
        var far = farClient.GetStream();
        await near.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
        _ = near.CopyToAsync(far);
        _ = far.CopyToAsync(near);
        return head.ToString();
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        internal List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
