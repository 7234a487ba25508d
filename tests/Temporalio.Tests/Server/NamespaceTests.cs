using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

[Collection(ServerCollection.Name)]
public sealed class NamespaceTests(DevServerProcess server)
{
    private OperatorService Operator => server.Client.Connection.OperatorService;

    [Fact]
    public async Task DeletedNamespace_TakesItsWorkflowsAlong_AndAnswersNobodyAnyMore()
    {
        var worker = new FakeWorker(server) { Namespace = await AddAsync() };
        var first = await worker.StartAsync();
        var idle = worker.PollActivityAsync();
        await worker.RoundTripAsync();

        await Operator.DeleteNamespaceAsync(new() { Namespace = worker.Namespace });

        Assert.True((await idle).TaskToken.IsEmpty);
        await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync());
        Assert.DoesNotContain(await NamesAsync(), name => name == worker.Namespace);

        await server.Client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = worker.Namespace });
        var gone = await Assert.ThrowsAsync<RpcException>(worker.HistoryAsync);
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
        var left = await worker.Service.CountWorkflowExecutionsAsync(new() { Namespace = worker.Namespace });
        Assert.Equal(0, left.Count);
        Assert.NotEqual(first.RunId, (await worker.StartAsync()).RunId);
        await Operator.DeleteNamespaceAsync(new() { Namespace = worker.Namespace });
    }

    [Fact]
    public async Task DeletedNamespace_OfAParent_LeavesWorkflowsElsewhereAlone()
    {
        var doomed = new FakeWorker(server) { Namespace = await AddAsync() };
        var other = new FakeWorker(server);
        await doomed.StartAsync();
        await other.StartAsync();
        await doomed.AnswerAsync(await doomed.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromMilliseconds(50)));
        await Operator.DeleteNamespaceAsync(new() { Namespace = doomed.Namespace });
        await other.AnswerAsync(await other.PollAsync(), FakeWorker.Complete());
        Assert.Equal(EventType.WorkflowExecutionCompleted, (await other.HistoryAsync())[^1].EventType);
    }

    [Fact]
    public async Task DeletedNamespace_StaysGoneAfterARestart()
    {
        var file = Path.Combine(Path.GetTempPath(), $"namespaces-{Guid.NewGuid():N}.db");
        var durable = new DevServerProcess(["--db-filename", file]);
        await durable.InitializeAsync();
        try
        {
            var worker = new FakeWorker(durable) { Namespace = "doomed" };
            await worker.Service.RegisterNamespaceAsync(new() { Namespace = "doomed" });
            await durable.Client.Connection.OperatorService.AddSearchAttributesAsync(
                new() { Namespace = "doomed", SearchAttributes = { ["Shade"] = IndexedValueType.Keyword } });
            await worker.StartAsync();
            await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"), FakeWorker.Timer("t", TimeSpan.FromMilliseconds(100)));
            await durable.Client.Connection.OperatorService.DeleteNamespaceAsync(new() { Namespace = "doomed" });
            await durable.KillAndRestartAsync();

            var names = (await worker.Service.ListNamespacesAsync(new())).Namespaces.Select(item => item.NamespaceInfo.Name);
            Assert.Equal(["default"], names);
            await worker.Service.RegisterNamespaceAsync(new() { Namespace = "doomed" });
            var gone = await Assert.ThrowsAsync<RpcException>(worker.HistoryAsync);
            Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
            Assert.Empty((await durable.Client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = "doomed" })).CustomAttributes);
            Assert.Equal("", durable.Errors);
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

    [Fact]
    public async Task SearchAttributes_BelongToOneNamespace()
    {
        var mine = await AddAsync();
        var other = await AddAsync();
        await Operator.AddSearchAttributesAsync(new() { Namespace = mine, SearchAttributes = { ["Shade"] = IndexedValueType.Keyword } });
        await Operator.AddSearchAttributesAsync(new() { Namespace = other, SearchAttributes = { ["Shade"] = IndexedValueType.Int } });
        Assert.Equal(IndexedValueType.Keyword, (await Operator.ListSearchAttributesAsync(new() { Namespace = mine })).CustomAttributes["Shade"]);
        Assert.Equal(IndexedValueType.Int, (await Operator.ListSearchAttributesAsync(new() { Namespace = other })).CustomAttributes["Shade"]);
        var count = await server.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = mine, Query = "Shade = 'dark'" });
        Assert.Equal(0, count.Count);
        var unknown = await Assert.ThrowsAsync<RpcException>(() =>
            server.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = "Shade = 'dark'" }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, unknown.Code);
        await Operator.DeleteNamespaceAsync(new() { Namespace = mine });
        await Operator.DeleteNamespaceAsync(new() { Namespace = other });
    }

    private async Task<string> AddAsync()
    {
        var name = $"ns-{Guid.NewGuid():N}";
        await server.Client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = name });
        return name;
    }

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await server.Client.WorkflowService.ListNamespacesAsync(new())).Namespaces.Select(item => item.NamespaceInfo.Name);
}
