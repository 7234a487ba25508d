using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.Enums.V1;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>A query that waits for a workflow task which does not answer it is sent again; forgetting that hangs its caller.</summary>
[Collection(ServerCollection.Name)]
public sealed class UnansweredQueryTests(DevServerProcess server)
{
    [Fact]
    public async Task QueryDuringTask_CompletionDoesNotAnswer_IsDispatchedAgain()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        var query = worker.QueryAsync();
        await worker.SignalAsync("next");
        await worker.AnswerAsync(first);
        await worker.AnswerAsync(await worker.PollAsync());

        var direct = await worker.PollAsync();
        Assert.NotNull(direct.Query);
        Assert.Equal(0, direct.StartedEventId);
        await worker.AnswerQueryAsync(direct);
        Assert.Equal("\"42\"", (await query).QueryResult.Payloads_[0].Data.ToStringUtf8());
    }

    [Fact]
    public async Task QueryDuringTask_NoTaskFollows_IsDispatchedByItself()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        var query = worker.QueryAsync();
        await worker.RoundTripAsync();
        await worker.AnswerAsync(first);

        var direct = await worker.PollAsync();
        Assert.NotNull(direct.Query);
        await worker.AnswerQueryAsync(direct);
        Assert.Equal("\"42\"", (await query).QueryResult.Payloads_[0].Data.ToStringUtf8());
    }

    [Fact]
    public async Task QueryDuringTask_WorkflowCloses_IsAnsweredFromItsHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        var query = worker.QueryAsync();
        await worker.RoundTripAsync();
        await worker.AnswerAsync(first, FakeWorker.Complete());

        var direct = await worker.PollAsync();
        Assert.Equal(EventType.WorkflowExecutionCompleted, direct.History.Events[^1].EventType);
        await worker.AnswerQueryAsync(direct);
        Assert.Equal("\"42\"", (await query).QueryResult.Payloads_[0].Data.ToStringUtf8());
    }

    [Fact]
    public async Task QueryWithATask_AnsweredByItsCompletion_IsNotDispatchedAgain()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        await worker.SignalAsync("next");
        var query = worker.QueryAsync();
        await worker.RoundTripAsync();
        await worker.AnswerAsync(first);
        var second = await worker.PollAsync();
        var asked = Assert.Single(second.Queries);
        await worker.AnswerAsync(second, [], request => request.QueryResults[asked.Key] = new()
        {
            ResultType = QueryResultType.Answered,
            Answer = FakeWorker.Text("with the task"),
        });
        Assert.Equal("\"with the task\"", (await query).QueryResult.Payloads_[0].Data.ToStringUtf8());

        await worker.SignalAsync("more");
        Assert.Null((await worker.PollAsync()).Query);
    }
}
