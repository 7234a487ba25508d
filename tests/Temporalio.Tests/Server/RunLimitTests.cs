using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>How much one run may take in.</summary>
public sealed class RunLimitTests(TightServer tight) : IClassFixture<TightServer>
{
    [Fact]
    public async Task HistoryOfTooManyBytes_EndsTheWorkflow()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        const int size = TightServer.Blob - 100;
        await worker.AnswerAsync(await worker.PollAsync(), [.. Enumerable.Range(0, (TightServer.HistoryBytes / size) + 1).Select(_ => new Command
        {
            CommandType = CommandType.RecordMarker,
            RecordMarkerCommandAttributes = new() { MarkerName = "m", Details = { ["d"] = FakeWorker.Text(new string('x', size)) } },
        })]);
        Assert.Equal(
            "Workflow history size exceeds limit.", (await worker.HistoryAsync())[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
    }

    [Fact]
    public async Task OneSignalTooMany_IsRefused_AndARepetitionOfTheLastIsNot()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        for (var i = 0; i < TightServer.Signals; i++)
        {
            await worker.SignalAsync("s", $"{i}");
        }

        await worker.SignalAsync("s", $"{TightServer.Signals - 1}");
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.SignalAsync("s", "another"));
        Assert.Equal(
            (RpcException.StatusCode.InvalidArgument, "exceeded workflow execution limit for signal events"), (refused.Code, refused.Message));
        Assert.Equal(TightServer.Signals, (await worker.HistoryAsync()).Count(item => item.EventType == EventType.WorkflowExecutionSignaled));
    }

    [Fact]
    public async Task SignalToAWorkflowAtItsSignalLimit_FailsInTheSender_WhoseOtherRequestsGoOn()
    {
        var target = new FakeWorker(tight.Server);
        await target.StartAsync();
        for (var i = 0; i < TightServer.Signals; i++)
        {
            await target.SignalAsync("s");
        }

        var sender = new FakeWorker(tight.Server);
        await sender.StartAsync();
        await sender.AnswerAsync(
            await sender.PollAsync(),
            new Command
            {
                CommandType = CommandType.SignalExternalWorkflowExecution,
                SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = target.Execution, SignalName = "s" },
            },
            new Command
            {
                CommandType = CommandType.RequestCancelExternalWorkflowExecution,
                RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = target.Id },
            });
        var events = await Eventually.HoldsAsync(
            sender.HistoryAsync, events => events.Any(item => item.EventType == EventType.ExternalWorkflowExecutionCancelRequested));
        var failed = Assert.Single(events, item => item.EventType == EventType.SignalExternalWorkflowExecutionFailed);
        Assert.Equal(
            SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded, failed.SignalExternalWorkflowExecutionFailedEventAttributes.Cause);
    }

    [Fact]
    public async Task OneUpdateTooManyInFlight_IsRefused()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        for (var i = 0; i < TightServer.UpdatesInFlight; i++)
        {
            await worker.UpdateAsync($"{i}", Stage.Admitted);
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.UpdateAsync("another", Stage.Admitted));
        Assert.Equal(RpcException.StatusCode.ResourceExhausted, refused.Code);
    }

    [Fact]
    public async Task OneUpdateTooManyInTotal_IsRefused()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        for (var i = 0; i < TightServer.UpdatesTotal; i++)
        {
            var update = worker.UpdateAsync($"{i}");
            var task = await worker.PollAsync();
            await worker.AnswerAsync(task, [], FakeWorker.Accept(Assert.Single(task.Messages), complete: true));
            await update;
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.UpdateAsync("another"));
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LargeAnswerToAQuery_FailsTheQuery(bool withATask)
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await worker.AnswerAsync(task);
        if (withATask)
        {
            await worker.SignalAsync("s");
        }

        var query = worker.QueryAsync();
        await worker.RoundTripAsync();
        task = await worker.PollAsync();
        var answer = FakeWorker.Text(new string('x', TightServer.Blob));
        if (withATask)
        {
            var id = Assert.Single(task.Queries).Key;
            await worker.AnswerAsync(task, [], request => request.QueryResults[id] = new() { ResultType = QueryResultType.Answered, Answer = answer });
        }
        else
        {
            await worker.Service.RespondQueryTaskCompletedAsync(new()
            {
                TaskToken = task.TaskToken,
                CompletedType = QueryResultType.Answered,
                QueryResult = answer,
            });
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => query);
        Assert.Equal((RpcException.StatusCode.InvalidArgument, "Blob data size exceeds limit."), (error.Code, error.Message));
    }

    [Fact]
    public async Task LargeMemo_IsRefusedAtTheStart()
    {
        var worker = new FakeWorker(tight.Server);
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync(request =>
            request.Memo = new Memo { Fields = { ["m"] = FakeWorker.Text(new string('x', TightServer.Memo)).Payloads_[0] } }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.Contains("Memo", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaiterForARunThatHasLongNotBeenUsed_HearsOfItsEndAtOnce()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        var waiting = worker.Service.GetWorkflowExecutionHistoryAsync(new()
        {
            Namespace = "default",
            Execution = worker.Execution,
            WaitNewEvent = true,
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
        });
        await worker.RoundTripAsync();
        for (var i = 0; i < 20; i++)
        {
            await new FakeWorker(tight.Server).StartAsync();
        }

        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(EventType.WorkflowExecutionCompleted, Assert.Single(answer.History.Events).EventType);
    }
}
