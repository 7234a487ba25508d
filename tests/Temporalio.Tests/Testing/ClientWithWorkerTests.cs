using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Testing;

public sealed class ClientWithWorkerTests(LampServer server) : IClassFixture<LampServer>
{
    private readonly string id = "lamp/" + Guid.NewGuid();

    [Fact]
    public async Task GetResult_OfCompleted_ReturnsIt()
    {
        var handle = await StartAsync("wait");
        await handle.SignalAsync(lamp => lamp.EndAsync("off"));

        Assert.Equal("off", await handle.GetResultAsync());
        Assert.Equal("off", await server.Client.GetWorkflowHandle(id).GetResultAsync<string>());
        await server.Client.GetWorkflowHandle<Lamp>(id).GetResultAsync();
        Assert.Equal(WorkflowExecutionStatus.Completed, (await handle.DescribeAsync()).Status);
    }

    [Fact]
    public async Task GetResult_OfFailed_ThrowsWithItsFailure()
    {
        var handle = await StartAsync("wait");
        await handle.SignalAsync(lamp => lamp.EndAsync("fail"));

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var failure = Assert.IsType<ApplicationFailureException>(e.InnerException);
        Assert.Equal(("burnt out", "Bulb", "60W"), (failure.Message, failure.ErrorType, failure.Details.ElementAt<string>(0)));
    }

    [Fact]
    public async Task GetResult_OfCancelled_ThrowsCancelled()
    {
        var handle = await StartAsync("wait");
        await handle.CancelAsync();

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType<CanceledFailureException>(e.InnerException);
        Assert.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
    }

    [Fact]
    public async Task GetResult_OfContinued_FollowsOrTells()
    {
        var handle = await StartAsync("again");

        var e = await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
        await handle.SignalAsync(lamp => lamp.EndAsync("off"));

        Assert.Equal("off", await handle.GetResultAsync());
        Assert.Equal(e.NewRunId, (await handle.DescribeAsync()).RunId);
    }

    [Fact]
    public async Task Query_ByMethodAndByProperty_IsAnswered()
    {
        var handle = await StartAsync("wait");
        await handle.ExecuteUpdateAsync(lamp => lamp.PaintAsync("red"));

        Assert.Equal("dark red", await handle.QueryAsync(lamp => lamp.Color("dark ")));
        Assert.Equal(1, await handle.QueryAsync(lamp => lamp.Changes));
        Assert.Equal("red", await server.Client.GetWorkflowHandle(id).QueryAsync<string>("color", [""]));
    }

    [Fact]
    public async Task Query_Failing_ThrowsItsMessage()
    {
        var handle = await StartAsync("wait");

        var e = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(lamp => lamp.Color("")));

        Assert.Contains("it is dark", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_OfClosedThoughOnlyOpenIsWanted_IsRejected()
    {
        var handle = await StartAsync("wait");
        await handle.TerminateAsync();

        var e = await Assert.ThrowsAsync<WorkflowQueryRejectedException>(
            () => handle.QueryAsync(lamp => lamp.Changes, new() { RejectCondition = QueryRejectCondition.NotOpen }));

        Assert.Equal(WorkflowExecutionStatus.Terminated, e.WorkflowStatus);
    }

    [Fact]
    public async Task Update_AcceptedCompletedRejectedFailed_AreToldApart()
    {
        var handle = await StartAsync("wait");

        Assert.Equal("none", await handle.ExecuteUpdateAsync(lamp => lamp.PaintAsync("red")));
        var rejected = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(lamp => lamp.PaintAsync("")));
        Assert.Equal("no color", rejected.InnerException!.Message);
        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(lamp => lamp.PaintAsync("bad")));
        Assert.Equal("Paint", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);

        var slow = await handle.StartUpdateAsync(lamp => lamp.PaintAsync("slow"), new("request-1", WorkflowUpdateStage.Accepted));
        Assert.Equal("request-1", slow.Id);
        await handle.SignalAsync(lamp => lamp.EndAsync("off"));
        Assert.Equal("red", await slow.GetResultAsync());
        Assert.Equal("red", await handle.GetUpdateHandle<string>("request-1").GetResultAsync());
    }

    [Fact]
    public async Task Update_NotDoneInTime_ThrowsTimeout()
    {
        var handle = await StartAsync("wait");
        var slow = await handle.StartUpdateAsync(lamp => lamp.PaintAsync("slow"), new(WorkflowUpdateStage.Accepted));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(
            () => slow.GetResultAsync(new() { CancellationToken = patience.Token }));
        await handle.TerminateAsync();
    }

    [Fact]
    public async Task UpdateWithStart_Twice_StartsOnce()
    {
        WithStartWorkflowOperation<WorkflowHandle<Lamp, string>> Operation() => WithStartWorkflowOperation.Create(
            (Lamp lamp) => lamp.RunAsync("wait"), new(id, LampServer.Queue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
        var first = Operation();
        var second = Operation();

        Assert.Equal("none", await server.Client.ExecuteUpdateWithStartWorkflowAsync((Lamp lamp) => lamp.PaintAsync("red"), new(first)));
        Assert.Equal("red", await server.Client.ExecuteUpdateWithStartWorkflowAsync((Lamp lamp) => lamp.PaintAsync("blue"), new(second)));

        Assert.Equal((await first.GetHandleAsync()).ResultRunId, (await second.GetHandleAsync()).ResultRunId);
        await Assert.ThrowsAsync<ArgumentException>(
            () => server.Client.ExecuteUpdateWithStartWorkflowAsync((Lamp lamp) => lamp.PaintAsync("green"), new(first)));
    }

    [Fact]
    public async Task UpdateWithStart_WhenRunningIsNotWanted_ThrowsAlreadyStartedTwice()
    {
        await StartAsync("wait");
        var operation = WithStartWorkflowOperation.Create(
            (Lamp lamp) => lamp.RunAsync("wait"), new(id, LampServer.Queue) { IdConflictPolicy = WorkflowIdConflictPolicy.Fail });

        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => server.Client.ExecuteUpdateWithStartWorkflowAsync((Lamp lamp) => lamp.PaintAsync("red"), new(operation)));
        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(operation.GetHandleAsync);
    }

    [Fact]
    public async Task AsyncActivity_HeartbeatAndComplete_EndTheWorkflow()
    {
        var handle = await StartAsync("activity");
        await ActivityStartedAsync(handle);
        var activity = server.Client.GetAsyncActivityHandle(id, handle.ResultRunId!, "1");

        await activity.HeartbeatAsync(new() { Details = ["half"] });
        await activity.CompleteAsync("pressed");

        Assert.Equal("pressed", await handle.GetResultAsync());
    }

    [Fact]
    public async Task AsyncActivity_Failed_FailsTheWorkflow()
    {
        var handle = await StartAsync("activity");
        await ActivityStartedAsync(handle);

        await server.Client.GetAsyncActivityHandle(id, handle.ResultRunId!, "1").FailAsync(new ApplicationFailureException("stuck", "Button"));

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        var activity = Assert.IsType<ActivityFailureException>(e.InnerException);
        Assert.Equal("Press", activity.ActivityType);
        Assert.Equal("Button", Assert.IsType<ApplicationFailureException>(activity.InnerException).ErrorType);
    }

    [Fact]
    public async Task AsyncActivity_AfterCancelRequest_LearnsOfItByHeartbeat()
    {
        var handle = await StartAsync("activity");
        await ActivityStartedAsync(handle);
        var activity = server.Client.GetAsyncActivityHandle(id, handle.ResultRunId!, "1");

        await handle.CancelAsync();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => activity.HeartbeatAsync());
    }

    [Fact]
    public async Task History_FollowedWhileRunning_EndsWithTheRun()
    {
        var handle = await StartAsync("wait");
        var seen = new List<EventType>();
        await foreach (var historyEvent in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            seen.Add(historyEvent.EventType);
            if (historyEvent.EventType == EventType.WorkflowTaskCompleted && !seen.Contains(EventType.WorkflowExecutionSignaled))
            {
                await handle.SignalAsync(lamp => lamp.EndAsync("off"));
            }
        }

        Assert.Equal(EventType.WorkflowExecutionStarted, seen[0]);
        Assert.Equal(EventType.WorkflowExecutionCompleted, seen[^1]);
        var history = await handle.FetchHistoryAsync();
        Assert.Equal(history.Events, WorkflowHistory.FromJson(id, history.ToJson()).Events);
    }

    [Fact]
    public async Task ManyWorkflows_WaitedForAtOnce_AllEnd()
    {
        const int count = 500;
        var handles = await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            server.Client.StartWorkflowAsync((Lamp lamp) => lamp.RunAsync("wait"), new($"{id}/{i}", LampServer.Queue))));

        // More open polls than one HTTP/2 connection carries.
        var results = handles.Select(handle => handle.GetResultAsync()).ToList();
        await Task.WhenAll(handles.Select((handle, i) => handle.SignalAsync(lamp => lamp.EndAsync($"off {i}"))));

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"off {i}"), await Task.WhenAll(results));
    }

    private Task<WorkflowHandle<Lamp, string>> StartAsync(string how) =>
        server.Client.StartWorkflowAsync((Lamp lamp) => lamp.RunAsync(how), new(id, LampServer.Queue));

    // The history does not tell that an activity was taken before it ends.
    private static async Task ActivityStartedAsync(WorkflowHandle handle)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        PendingActivityState? state;
        do
        {
            var description = await handle.Client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = handle.Client.Options.Namespace, Execution = new() { WorkflowId = handle.Id } },
                new() { CancellationToken = patience.Token });
            state = description.PendingActivities.SingleOrDefault()?.State;
        }
        while (state != PendingActivityState.Started);
    }
}
