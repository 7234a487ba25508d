using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Client;

public sealed class TransportTests
{
    private static readonly DescribeNamespaceRequest Request = new() { Namespace = "garden" };

    [Fact]
    public async Task Call_WithMetadataAndKey_CarriesTemporalHeaders()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new DescribeNamespaceResponse()));
        var connection = await ConnectAsync(peer, options =>
        {
            options.ApiKey = "first";
            options.RpcMetadata = [KeyValuePair.Create("tenant", "one"), KeyValuePair.Create("region", "eu")];
            options.RpcBinaryMetadata = [KeyValuePair.Create("trace-bin", new byte[] { 1, 2, 3, 4 })];
        });
        connection.ApiKey = "second";

        await connection.WorkflowService.DescribeNamespaceAsync(Request, new()
        {
            Metadata = [KeyValuePair.Create("tenant", "two")],
            Timeout = TimeSpan.FromSeconds(7),
        });

        Assert.Equal("Bearer first", peer.CallsOf("GetSystemInfo").Single().Header("authorization"));
        var call = peer.CallsOf("DescribeNamespace").Single();
        Assert.Equal("/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace", call.Path);
        Assert.Equal("Bearer second", call.Header("authorization"));
        Assert.Equal("two", call.Header("tenant"));
        Assert.Equal("eu", call.Header("region"));
        Assert.Equal("AQIDBA", call.Header("trace-bin"));
        Assert.Equal("garden", call.Header("temporal-namespace"));
        Assert.Equal("temporal-dotnet", call.Header("client-name"));
        Assert.StartsWith("1.18.0", call.Header("client-version"), StringComparison.Ordinal);
        Assert.Equal("7000000u", call.Header("grpc-timeout"));
        Assert.Equal("trailers", call.Header("te"));
        Assert.Equal("application/grpc", call.Header("content-type"));
        Assert.Equal("gzip", call.Header("grpc-encoding"));
        Assert.Equal(1, call.Flag);
        Assert.Equal("garden", DescribeNamespaceRequest.Parser.ParseFrom(call.Message).Namespace);
    }

    [Fact]
    public async Task Call_ForLongPoll_AnnouncesSeventySeconds()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new PollWorkflowTaskQueueResponse()));
        var connection = await ConnectAsync(peer);

        await connection.WorkflowService.PollWorkflowTaskQueueAsync(new());

        Assert.Equal("70000000u", peer.CallsOf("PollWorkflowTaskQueue").Single().Header("grpc-timeout"));
    }

    [Fact]
    public async Task Call_AnsweredCompressed_IsRead()
    {
        var answer = new DescribeNamespaceResponse { NamespaceInfo = new() { Name = new string('x', 5000) } };
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(answer, gzip: true));
        var connection = await ConnectAsync(peer);

        var response = await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal(answer, response);
        Assert.Contains("gzip", peer.Calls.Last().Header("grpc-accept-encoding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutCompression_SendsThePlainBody()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new DescribeNamespaceResponse()));
        var connection = await ConnectAsync(peer, options => options.GrpcCompression = new GrpcCompression.None());

        await connection.WorkflowService.DescribeNamespaceAsync(Request);

        var call = peer.CallsOf("DescribeNamespace").Single();
        Assert.Null(call.Header("grpc-encoding"));
        Assert.Equal(0, call.Flag);
        Assert.Equal("garden", DescribeNamespaceRequest.Parser.ParseFrom(call.Message).Namespace);
    }

    [Fact]
    public async Task Call_RefusedWithoutBody_ThrowsStatusMessageAndDetails()
    {
        var status = new GrpcStatus
        {
            Code = 5,
            Message = "ignored",
            Details = { Any.Pack(new NamespaceNotFoundFailure { Namespace = "garden" }) },
        };
        await using var peer = await GrpcPeer.StartAsync(c => c.FailAsync(5, "namespace %22g%C3%A4rten%22 100%", status.ToByteArray()));
        var connection = await ConnectAsync(peer);

        var e = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(RpcException.StatusCode.NotFound, e.Code);
        Assert.Equal("namespace \"gärten\" 100%", e.Message);
        Assert.Equal("garden", e.GrpcStatus.Value!.Details.Single().Unpack<NamespaceNotFoundFailure>().Namespace);
    }

    [Theory]
    [InlineData(503, RpcException.StatusCode.Unavailable)]
    [InlineData(401, RpcException.StatusCode.Unauthenticated)]
    [InlineData(404, RpcException.StatusCode.Unimplemented)]
    public async Task Call_AnsweredByHttpAlone_ThrowsMatchingStatus(int http, RpcException.StatusCode expected)
    {
        await using var peer = await GrpcPeer.StartAsync(c =>
        {
            c.Context.Response.StatusCode = http;
            return Task.CompletedTask;
        });
        var connection = await ConnectAsync(peer);

        var e = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(expected, e.Code);
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_ThrowsDeadlineExceeded()
    {
        await using var peer = await GrpcPeer.StartAsync(c => Task.Delay(Timeout.Infinite, c.Context.RequestAborted));
        var connection = await ConnectAsync(peer);

        var e = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(
            Request, new() { Retry = true, Timeout = TimeSpan.FromMilliseconds(200) }));

        Assert.Equal(RpcException.StatusCode.DeadlineExceeded, e.Code);
        Assert.Single(peer.CallsOf("DescribeNamespace"));
    }

    [Fact]
    public async Task KeepAlive_PeerThatFellSilent_IsNoticedBeforeTheDeadline()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var accepted = silent.AcceptTcpClientAsync();
        var connecting = TemporalClient.ConnectAsync(new(silent.LocalEndpoint.ToString()!)
        {
            KeepAlive = new() { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) },
        });
        using var peer = await accepted;

        // Empty settings, so that the connection counts as open; then nothing, also no answer to pings.
        await peer.GetStream().WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });

        await Assert.ThrowsAsync<InvalidOperationException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Call_CancelledByCaller_ThrowsOperationCanceled()
    {
        using var cancel = new CancellationTokenSource();
        await using var peer = await GrpcPeer.StartAsync(async c =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.Context.RequestAborted);
        });
        var connection = await ConnectAsync(peer);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.WorkflowService.DescribeNamespaceAsync(
            Request, new() { CancellationToken = cancel.Token }));
    }

    [Fact]
    public async Task Metadata_WithBinaryKeyAsText_IsRefused()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(new DescribeNamespaceResponse()));
        var connection = await ConnectAsync(peer);

        Assert.Throws<ArgumentException>(() => connection.RpcMetadata = [KeyValuePair.Create("trace-bin", "text")]);
        Assert.Throws<ArgumentException>(() => connection.RpcBinaryMetadata = [KeyValuePair.Create("trace", Encoding.ASCII.GetBytes("x"))]);
        Assert.Throws<ArgumentException>(() => connection.RpcMetadata = [KeyValuePair.Create("trace", "two\nlines")]);
    }

    private static Task<TemporalConnection> ConnectAsync(GrpcPeer peer, Action<TemporalConnectionOptions>? configure = null)
    {
        var options = new TemporalConnectionOptions(peer.Target) { Tls = new() { Disabled = true } };
        configure?.Invoke(options);
        return TemporalConnection.ConnectAsync(options);
    }
}
