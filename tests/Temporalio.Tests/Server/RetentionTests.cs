using Google.Protobuf.WellKnownTypes;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class RetentionTests
{
    [Fact]
    public async Task ClosedWorkflow_IsDeletedAfterItsRetention_AnOpenOneStays()
    {
        var server = new DevServerProcess(["--retention", "1"], skipTime: true);
        await server.InitializeAsync();
        try
        {
            var (closed, open) = (new FakeWorker(server), new FakeWorker(server));
            await closed.StartAsync();
            await closed.AnswerAsync(await closed.PollAsync(), FakeWorker.Complete());
            await open.StartAsync();
            await open.AnswerAsync(await open.PollAsync(), FakeWorker.Timer("t", TimeSpan.FromDays(30)));
            Assert.Equal(2, (await ListAsync(server)).Count);

            await server.Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(2)) });

            var left = await Eventually.HoldsAsync(() => ListAsync(server), list => list.Count == 1);
            Assert.Equal(open.Id, left[0]);
            var gone = await Assert.ThrowsAsync<RpcException>(() =>
                closed.Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = closed.Execution }));
            Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
            Assert.NotEmpty(await open.HistoryAsync());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<List<string>> ListAsync(DevServerProcess server)
    {
        var list = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default" });
        return [.. list.Executions.Select(item => item.Execution.WorkflowId)];
    }
}
