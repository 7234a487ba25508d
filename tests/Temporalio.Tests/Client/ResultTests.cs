using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Client;

/// <summary>What handles make of the server's answers.</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task VoidWorkflowOfAnotherSdk_HasNoResult_WasAnErrorInsteadOfTheDefault()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(c.Rpc switch
        {
            "GetWorkflowExecutionHistory" => Closed(new()
            {
                EventType = EventType.WorkflowExecutionCompleted,
                WorkflowExecutionCompletedEventAttributes = new(),
            }),
            "QueryWorkflow" => new QueryWorkflowResponse(),
            _ => new PollWorkflowExecutionUpdateResponse { Outcome = new() { Success = new() } },
        }));
        var handle = (await TemporalClient.ConnectAsync(new(peer.Target))).GetWorkflowHandle("void");

        Assert.Null(await handle.GetResultAsync<string>());
        Assert.Equal(0, await handle.QueryAsync<int>("count", []));
        Assert.Null(await handle.GetUpdateHandle<string>("u").GetResultAsync());
    }

    [Fact]
    public async Task HandleOfARun_WaitedForThatRunOnly_NowFollowsTheLatest()
    {
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(Closed(new()
        {
            EventType = EventType.WorkflowExecutionCompleted,
            WorkflowExecutionCompletedEventAttributes = new(),
        })));
        var handle = (await TemporalClient.ConnectAsync(new(peer.Target))).GetWorkflowHandle("w", "run");

        await handle.GetResultAsync();

        Assert.Null(handle.ResultRunId);
        Assert.Empty(GetWorkflowExecutionHistoryRequest.Parser.ParseFrom(peer.CallsOf("GetWorkflowExecutionHistory").Single().Message).Execution.RunId);
    }

    [Fact]
    public async Task Ends_ByCancellationAndTermination_AreNamedAsOfficially()
    {
        var ends = new Queue<HistoryEvent>(
        [
            new() { EventType = EventType.WorkflowExecutionCanceled, WorkflowExecutionCanceledEventAttributes = new() },
            new() { EventType = EventType.WorkflowExecutionTerminated, WorkflowExecutionTerminatedEventAttributes = new() },
        ]);
        await using var peer = await GrpcPeer.StartAsync(c => c.ReplyAsync(Closed(ends.Dequeue())));
        var handle = (await TemporalClient.ConnectAsync(new(peer.Target))).GetWorkflowHandle("w");

        foreach (var message in new[] { "Workflow canceled", "Workflow terminated" })
        {
            var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.Equal(message, e.InnerException!.Message);
        }
    }

    private static GetWorkflowExecutionHistoryResponse Closed(HistoryEvent close) => new() { History = new() { Events = { close } } };
}
