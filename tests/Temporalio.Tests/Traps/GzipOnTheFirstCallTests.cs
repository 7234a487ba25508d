using Dualstack.Temporalio.Tests.Client;
using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>Workers compress every request from the first one on: a server has to read them, a client has to survive one that does not.</summary>
[Collection(ServerCollection.Name)]
public sealed class GzipOnTheFirstCallTests(DevServerProcess server)
{
    [Fact]
    public async Task Server_FirstCallCompressed_IsUnderstood()
    {
        var response = await RawCall.SendAsync(server.Port, "GetSystemInfo", new GetSystemInfoRequest(), compressed: true);
        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(GetSystemInfoResponse.Parser.ParseFrom(body.AsSpan(5)).Capabilities.SdkMetadata);
    }

    [Fact]
    public async Task Server_CompressedBodyOfAnyKind_ArrivesWhole()
    {
        var worker = new FakeWorker(server);
        var request = worker.StartRequest();
        request.Memo = new() { Fields = { ["note"] = FakeWorker.Text("kept").Payloads_[0] } };
        var response = await RawCall.SendAsync(server.Port, "StartWorkflowExecution", request, compressed: true);
        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        var memo = (await worker.HistoryAsync())[0].WorkflowExecutionStartedEventAttributes.Memo;
        Assert.Equal("\"kept\"", memo.Fields["note"].Data.ToStringUtf8());
    }

    [Fact]
    public async Task Client_RefusedByTheServer_GivesCompressionUpForGood()
    {
        await using var peer = await GrpcPeer.StartAsync(
            c => c.ReplyAsync(new CountWorkflowExecutionsResponse { Count = 3 }),
            systemInfo: c => c.Flag == 1
                ? c.FailAsync(12, "grpc: Decompressor is not installed for grpc-encoding \"gzip\"")
                : c.ReplyAsync(new GetSystemInfoResponse()));

        var client = await TemporalClient.ConnectAsync(new(peer.Target) { GrpcCompression = new GrpcCompression.Gzip() });

        Assert.Equal(3, (await client.CountWorkflowsAsync("")).Count);
        Assert.Equal([1, 0, 0], peer.Calls.Select(c => c.Flag));
    }
}
