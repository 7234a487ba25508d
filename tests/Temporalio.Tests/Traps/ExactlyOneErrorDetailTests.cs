using Dualstack.Temporalio.Tests.Client;
using Dualstack.Temporalio.Tests.Server;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>Clients understand an error only by a single detail of the right type: none or two make it an ordinary one.</summary>
[Collection(ServerCollection.Name)]
public sealed class ExactlyOneErrorDetailTests(DevServerProcess server)
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Client_AlreadyStarted_NeedsExactlyOne(int count, bool understood)
    {
        var detail = Any.Pack(new WorkflowExecutionAlreadyStartedFailure { RunId = "r1" });
        var status = new GrpcStatus { Code = 6, Details = { Enumerable.Repeat(detail, count) } };
        await using var peer = await GrpcPeer.StartAsync(c => c.FailAsync(6, "already started", status.ToByteArray()));
        var client = await TemporalClient.ConnectAsync(new(peer.Target));

        var e = await Assert.ThrowsAnyAsync<TemporalException>(() => client.StartWorkflowAsync("any", [], new("id", "queue")));

        Assert.Equal(understood ? typeof(WorkflowAlreadyStartedException) : typeof(RpcException), e.GetType());
    }

    [Fact]
    public async Task Server_AlreadyStarted_HasOne()
    {
        var worker = new FakeWorker(server);
        var first = await worker.StartAsync();
        Assert.Equal(first.RunId, (await OnlyDetailAsync<WorkflowExecutionAlreadyStartedFailure>(() => worker.StartAsync())).RunId);
    }

    [Fact]
    public async Task Server_UnknownNamespace_HasOne()
    {
        var worker = new FakeWorker(server) { Namespace = "nowhere" };
        Assert.Equal("nowhere", (await OnlyDetailAsync<NamespaceNotFoundFailure>(() => worker.StartAsync())).Namespace);
    }

    [Fact]
    public async Task Server_FailedQuery_HasOne()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var query = worker.QueryAsync();
        await worker.AnswerQueryAsync(await worker.PollAsync(), failure: "cannot say");
        Assert.NotNull(await OnlyDetailAsync<QueryFailedFailure>(() => query));
    }

    [Fact]
    public async Task Server_UnknownWorkflow_HasOne()
    {
        var worker = new FakeWorker(server);
        Assert.NotNull(await OnlyDetailAsync<NotFoundFailure>(() => worker.SignalAsync("nobody")));
    }

    private static async Task<T> OnlyDetailAsync<T>(Func<Task> call)
        where T : IMessage<T>, new()
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        var detail = Assert.Single(error.GrpcStatus.Value!.Details);
        Assert.EndsWith("/" + new T().Descriptor.FullName, detail.TypeUrl, StringComparison.Ordinal);
        var message = new T();
        message.MergeFrom(detail.Value);
        return message;
    }
}
