using System.Diagnostics;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Client;

public sealed class RetryTests
{
    private static readonly RpcOptions Retry = new() { Retry = true };

    [Theory]
    [InlineData(14)]
    [InlineData(13)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(15)]
    public async Task Call_FailingForNow_IsMadeAgain(int status)
    {
        await using var peer = await FailingPeer.StartAsync(status, "not now", times: 2);

        await peer.Connection.WorkflowService.DescribeNamespaceAsync(new(), Retry);

        Assert.Equal(3, peer.Attempts);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(16)]
    public async Task Call_FailingForGood_IsMadeOnce(int status)
    {
        await using var peer = await FailingPeer.StartAsync(status, "no", times: 1);

        var e = await Assert.ThrowsAsync<RpcException>(() => peer.Connection.WorkflowService.DescribeNamespaceAsync(new(), Retry));

        Assert.Equal(status, (int)e.Code);
        Assert.Equal(1, peer.Attempts);
    }

    [Fact]
    public async Task Call_WithoutRetryAskedFor_IsMadeOnce()
    {
        await using var peer = await FailingPeer.StartAsync(14, "not now", times: 1);

        await Assert.ThrowsAsync<RpcException>(() => peer.Connection.WorkflowService.DescribeNamespaceAsync(new()));

        Assert.Equal(1, peer.Attempts);
    }

    [Fact]
    public async Task Call_FailingOnAndOn_EndsAfterMaxRetries()
    {
        await using var peer = await FailingPeer.StartAsync(14, "not now", times: int.MaxValue, maxRetries: 4);

        await Assert.ThrowsAsync<RpcException>(() => peer.Connection.WorkflowService.DescribeNamespaceAsync(new(), Retry));

        Assert.Equal(4, peer.Attempts);
    }

    [Fact]
    public async Task Call_OverQuota_WaitsLongerThanOrdinaryRetries()
    {
        await using var peer = await FailingPeer.StartAsync(8, "namespace rate limit exceeded", times: 1);
        var watch = Stopwatch.StartNew();

        await peer.Connection.WorkflowService.DescribeNamespaceAsync(new(), Retry);

        // One second, give or take a fifth; ordinary retries of this test wait a millisecond.
        Assert.InRange(watch.ElapsedMilliseconds, 750, 20_000);
        Assert.Equal(2, peer.Attempts);
    }

    [Fact]
    public async Task Call_WithMessageTooLarge_IsMadeOnce()
    {
        await using var peer = await FailingPeer.StartAsync(8, "grpc: received message larger than max (5000000 vs. 4194304)", times: 1);

        await Assert.ThrowsAsync<RpcException>(() => peer.Connection.WorkflowService.DescribeNamespaceAsync(new(), Retry));

        Assert.Equal(1, peer.Attempts);
    }

    [Fact]
    public async Task TaskPoll_AnsweredWithCancelled_IsMadeAgain()
    {
        await using var peer = await FailingPeer.StartAsync(1, "shutting down", times: 1);

        await peer.Connection.WorkflowService.PollWorkflowTaskQueueAsync(new(), Retry);

        Assert.Equal(2, peer.Attempts);
    }

    [Fact]
    public async Task ClientCalls_AreRetriedWithoutBeingAskedTo()
    {
        await using var peer = await FailingPeer.StartAsync(14, "not now", times: 1);
        var client = new TemporalClient(peer.Connection, new());

        await client.GetWorkflowHandle("any").SignalAsync("poke", []);

        Assert.Equal(2, peer.Attempts);
    }

    private sealed class FailingPeer : IAsyncDisposable
    {
        private readonly GrpcPeer peer;

        private FailingPeer(GrpcPeer peer, TemporalConnection connection)
        {
            this.peer = peer;
            Connection = connection;
        }

        internal TemporalConnection Connection { get; }

        internal int Attempts => peer.Calls.Count(c => c.Rpc != "GetSystemInfo");

        internal static async Task<FailingPeer> StartAsync(int status, string message, int times, int maxRetries = 10)
        {
            var failures = 0;
            var peer = await GrpcPeer.StartAsync(call =>
                Interlocked.Increment(ref failures) <= times
                    ? call.FailAsync(status, message)
                    : call.ReplyAsync(new DescribeNamespaceResponse()));
            var connection = await TemporalConnection.ConnectAsync(new(peer.Target)
            {
                RpcRetry = new() { InitialInterval = TimeSpan.FromMilliseconds(1), MaxRetries = maxRetries },
            });
            return new(peer, connection);
        }

        public ValueTask DisposeAsync() => peer.DisposeAsync();
    }
}
