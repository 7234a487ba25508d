using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Testing;

/// <summary>What a client can do while no worker runs.</summary>
public sealed class ClientWithoutWorkerTests(LocalServer server) : IClassFixture<LocalServer>
{
    private readonly string id = "test/" + Guid.NewGuid();

    private ITemporalClient Client => server.Environment.Client;

    [Fact]
    public async Task Start_WithEverything_IsDescribedByTheServer()
    {
        var handle = await Client.StartWorkflowAsync((ISleeper w) => w.RunAsync("eu", 3), new(id, "nobody")
        {
            Memo = new Dictionary<string, object> { ["who"] = "Ada" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(LocalServer.Stage, "Verify").ToSearchAttributeCollection(),
            StaticSummary = "a summary",
            StaticDetails = "some details",
            ExecutionTimeout = TimeSpan.FromHours(2),
            RetryPolicy = new() { MaximumAttempts = 3 },
            Priority = new(2),
        });

        var description = await handle.DescribeAsync();

        Assert.Equal(id, description.Id);
        Assert.Equal(handle.ResultRunId, description.RunId);
        Assert.Equal(("Sleeper", "nobody", WorkflowExecutionStatus.Running), (description.WorkflowType, description.TaskQueue, description.Status));
        Assert.Equal("Ada", await description.Memo["who"].ToValueAsync<string>());
        Assert.Equal("Verify", description.TypedSearchAttributes.Get(LocalServer.Stage));
        Assert.Equal("a summary", await description.GetStaticSummaryAsync());
        Assert.Equal("some details", await description.GetStaticDetailsAsync());
        Assert.Null(description.CloseTime);
        var started = (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.Equal(["\"eu\"", "3"], started.Input.Payloads_.Select(p => p.Data.ToStringUtf8()));
        Assert.Equal(7200, started.WorkflowExecutionTimeout.Seconds);
        Assert.Equal(3, started.RetryPolicy.MaximumAttempts);
        Assert.Equal(2, started.Priority.PriorityKey);
        Assert.Equal(Client.Connection.Options.Identity, started.Identity);
    }

    [Fact]
    public async Task Start_WhileRunning_ThrowsAlreadyStarted()
    {
        var first = await StartAsync();

        var e = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => StartAsync());

        Assert.Equal((id, "Sleeper", first.ResultRunId), (e.WorkflowId, e.WorkflowType, e.RunId));
    }

    [Fact]
    public async Task Start_WithUseExisting_TakesTheRunningOne()
    {
        var first = await StartAsync();

        var second = await Client.StartWorkflowAsync(
            "Sleeper", [], new(id, "nobody") { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

        Assert.Equal(first.ResultRunId, second.ResultRunId);
    }

    [Theory]
    [InlineData(null, "queue")]
    [InlineData("id", null)]
    public async Task Start_WithoutIdOrQueue_IsRefused(string? workflowId, string? queue) => await Assert.ThrowsAsync<ArgumentException>(
        () => Client.StartWorkflowAsync("Sleeper", [], new() { Id = workflowId, TaskQueue = queue }));

    [Fact]
    public async Task SignalWithStart_Twice_StartsOnceAndSignalsTwice()
    {
        var options = new WorkflowOptions(id, "nobody");
        options.SignalWithStart((ISleeper w) => w.WakeAsync("bell"));

        var first = await Client.StartWorkflowAsync((ISleeper w) => w.RunAsync("eu", 3), options);
        var second = await Client.StartWorkflowAsync((ISleeper w) => w.RunAsync("eu", 3), options);

        Assert.Equal(first.ResultRunId, second.ResultRunId);
        var signals = (await first.FetchHistoryAsync()).Events.Where(e => e.EventType == EventType.WorkflowExecutionSignaled).ToList();
        Assert.Equal(2, signals.Count);
        Assert.Equal("Wake", signals[0].WorkflowExecutionSignaledEventAttributes.SignalName);
        Assert.Equal("\"bell\"", signals[0].WorkflowExecutionSignaledEventAttributes.Input.Payloads_.Single().Data.ToStringUtf8());
    }

    [Fact]
    public async Task Signal_ByExpressionAndByName_IsRecorded()
    {
        var handle = await StartAsync();

        await handle.SignalAsync(w => w.WakeAsync("bell"));
        await Client.GetWorkflowHandle(id).SignalAsync("custom", [1, "two"]);

        var signals = (await handle.FetchHistoryAsync()).Events
            .Where(e => e.EventType == EventType.WorkflowExecutionSignaled)
            .Select(e => e.WorkflowExecutionSignaledEventAttributes).ToList();
        Assert.Equal(["Wake", "custom"], signals.Select(s => s.SignalName));
        Assert.Equal(2, signals[1].Input.Payloads_.Count);
    }

    [Fact]
    public async Task Signal_ToNobody_ThrowsNotFound()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => Client.GetWorkflowHandle(id).SignalAsync("wake", []));

        Assert.Equal(RpcException.StatusCode.NotFound, e.Code);
    }

    [Fact]
    public async Task Terminate_WhileWaitedFor_FailsTheWaitWithReason()
    {
        var handle = await StartAsync();
        var result = handle.GetResultAsync();

        await handle.TerminateAsync("enough", new() { Details = ["why"] });

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => result);
        var cause = Assert.IsType<TerminatedFailureException>(e.InnerException);
        Assert.Equal("enough", cause.Message);
        Assert.Equal("why", cause.Details!.ElementAt<string>(0));
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await handle.DescribeAsync()).Status);
    }

    [Fact]
    public async Task Cancel_IsRequestedOnce()
    {
        var handle = await StartAsync();

        await handle.CancelAsync();
        await handle.CancelAsync();

        Assert.Single((await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.WorkflowExecutionCancelRequested);
    }

    [Fact]
    public async Task Timeout_OfTheRun_FailsTheWait()
    {
        var handle = await Client.StartWorkflowAsync("Sleeper", [], new(id, "nobody") { RunTimeout = TimeSpan.FromSeconds(1) });

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType<TimeoutFailureException>(e.InnerException);
    }

    [Fact]
    public async Task List_AndCount_FindByTypeAndAttribute()
    {
        var stage = Guid.NewGuid().ToString();
        var attributes = new SearchAttributeCollection.Builder().Set(LocalServer.Stage, stage).ToSearchAttributeCollection();
        for (var i = 0; i < 3; i++)
        {
            await Client.StartWorkflowAsync("Sleeper", [], new($"{id}/{i}", "nobody") { TypedSearchAttributes = attributes });
        }

        await Client.GetWorkflowHandle($"{id}/0").TerminateAsync();
        var query = $"TestStage = '{stage}'";

        Assert.Equal(3, (await ListAsync(query)).Count);
        Assert.Equal(2, (await ListAsync(query + " AND ExecutionStatus = 'Running'")).Count);
        Assert.Equal(2, (await ListAsync(query, new() { Limit = 2 })).Count);
        Assert.Equal(3, (await Client.CountWorkflowsAsync(query)).Count);
        var groups = (await Client.CountWorkflowsAsync(query + " GROUP BY ExecutionStatus")).Groups;
        Assert.Equal(
            [("Running", 2L), ("Terminated", 1L)],
            groups.Select(g => ((string)g.GroupValues.Single(), g.Count)).OrderBy(g => g.Item1));
        var page = await Client.ListWorkflowsPaginatedAsync(query, null, new() { PageSize = 2 });
        var last = await Client.ListWorkflowsPaginatedAsync(query, page.NextPageToken, new() { PageSize = 2 });
        Assert.Equal((2, 1), (page.Workflows.Count, last.Workflows.Count));
        Assert.Null(last.NextPageToken);
    }

    [Fact]
    public async Task List_WithBadQuery_ThrowsInvalidArgument()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => ListAsync("NoSuchAttribute = 1"));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, e.Code);
    }

    [Fact]
    public async Task Update_WithoutStageToWaitFor_IsRefused()
    {
        var handle = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => handle.StartUpdateAsync(w => w.ApproveAsync("me"), new()));
    }

    [Fact]
    public async Task Interceptors_SeeEveryCall_OutermostFirst()
    {
        var log = new List<string>();
        var options = (TemporalClientOptions)Client.Options.Clone();
        options.Interceptors = [new Recorder("outer", log), new Recorder("inner", log)];
        var client = new TemporalClient(Client.Connection, options);

        var handle = await client.StartWorkflowAsync((ISleeper w) => w.RunAsync("eu", 3), new(id, "nobody"));
        await handle.TerminateAsync();

        Assert.Equal(["outer start Sleeper", "inner start Sleeper", "outer terminate", "inner terminate"], log);
        var started = (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.Equal(["inner", "outer"], started.Header.Fields.Keys.Order());
    }

    [Fact]
    public async Task Expression_OfSomethingElse_IsRefusedWithItsText()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Client.StartWorkflowAsync((ISleeper w) => w.WakeAsync("x"), new(id, "q")));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.StartWorkflowAsync((ISleeper w) => Task.CompletedTask, new(id, "q")));
    }

    private Task<WorkflowHandle<ISleeper, string>> StartAsync() =>
        Client.StartWorkflowAsync((ISleeper w) => w.RunAsync("eu", 3), new(id, "nobody"));

    private async Task<List<WorkflowExecution>> ListAsync(string query, WorkflowListOptions? options = null)
    {
        var found = new List<WorkflowExecution>();
        await foreach (var workflow in Client.ListWorkflowsAsync(query, options))
        {
            found.Add(workflow);
        }

        return found;
    }

    [Workflow]
    public interface ISleeper
    {
        [WorkflowRun]
        Task<string> RunAsync(string region, int count);

        [WorkflowSignal]
        Task WakeAsync(string how);

        [WorkflowUpdate]
        Task ApproveAsync(string by);
    }

    private sealed class Recorder(string name, List<string> log) : IClientInterceptor
    {
        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(name, log, nextInterceptor);

        private sealed class Outbound(string name, List<string> log, ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
        {
            public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
            {
                log.Add($"{name} start {input.Workflow}");
                var headers = new Dictionary<string, global::Temporalio.Api.Common.V1.Payload>(input.Headers ?? new Dictionary<string, global::Temporalio.Api.Common.V1.Payload>())
                {
                    [name] = new(),
                };
                return base.StartWorkflowAsync<TWorkflow, TResult>(input with { Headers = headers });
            }

            public override Task TerminateWorkflowAsync(TerminateWorkflowInput input)
            {
                log.Add($"{name} terminate");
                return base.TerminateWorkflowAsync(input);
            }
        }
    }
}
