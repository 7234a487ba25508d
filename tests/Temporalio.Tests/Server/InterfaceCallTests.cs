using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>Calls that the Temporal UI and the temporal CLI make and SDKs do not, in the form in which they make them.</summary>
[Collection(ServerCollection.Name)]
public sealed class InterfaceCallTests(DevServerProcess server)
{
    private WorkflowService Service => server.Client.WorkflowService;

    private OperatorService Operator => server.Client.Connection.OperatorService;

    [Fact]
    public async Task GetWorkflowExecutionHistoryReverse_PageByPage_IsTheHistoryBackwards()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Complete());
        var ids = new List<long>();
        var request = new GetWorkflowExecutionHistoryReverseRequest { Namespace = "default", Execution = worker.Execution, MaximumPageSize = 2 };
        do
        {
            var page = await Service.GetWorkflowExecutionHistoryReverseAsync(request);
            ids.AddRange(page.History.Events.Select(item => item.EventId));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        Assert.Equal([5, 4, 3, 2, 1], ids);
    }

    [Fact]
    public async Task ListNamespaces_HasTheDefaultOne_WithAllThatTheCliReads()
    {
        var answer = await Service.ListNamespacesAsync(new() { PageSize = 100 });
        var found = Assert.Single(answer.Namespaces, item => item.NamespaceInfo.Name == "default");
        Assert.Equal(NamespaceState.Registered, found.NamespaceInfo.State);
        Assert.Equal(TimeSpan.FromDays(30), found.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());

        // The CLI reads this one without asking whether it is there.
        Assert.Equal("active", found.ReplicationConfig.ActiveClusterName);
        Assert.True(answer.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task GetClusterInfo_NamesVersionAndSupportedClients()
    {
        var info = await Service.GetClusterInfoAsync(new());
        Assert.Equal("active", info.ClusterName);
        Assert.Equal(info.ServerVersion, (await Service.GetSystemInfoAsync(new())).ServerVersion);
        Assert.Contains("temporal-cli", info.SupportedClients.Keys);
        Assert.Contains("temporal-ui", info.SupportedClients.Keys);
    }

    [Fact]
    public async Task ListOpenListClosedAndScan_TellOpenFromClosed()
    {
        var (open, closed) = (new FakeWorker(server), new FakeWorker(server));
        var type = $"type-{open.Id}";
        foreach (var worker in new[] { open, closed })
        {
            await worker.StartAsync(request => request.WorkflowType = new() { Name = type });
        }

        await closed.AnswerAsync(await closed.PollAsync(), FakeWorker.Complete());
        var times = new global::Temporalio.Api.Filter.V1.StartTimeFilter
        {
            EarliestTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(DateTime.UnixEpoch),
            LatestTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(1)),
        };
        var opened = await Service.ListOpenWorkflowExecutionsAsync(
            new() { Namespace = "default", StartTimeFilter = times, TypeFilter = new() { Name = type } });
        Assert.Equal(open.Id, Assert.Single(opened.Executions).Execution.WorkflowId);
        var ended = await Service.ListClosedWorkflowExecutionsAsync(
            new() { Namespace = "default", StartTimeFilter = times, ExecutionFilter = new() { WorkflowId = closed.Id } });
        Assert.Equal(closed.Id, Assert.Single(ended.Executions).Execution.WorkflowId);
        var failed = await Service.ListClosedWorkflowExecutionsAsync(
            new() { Namespace = "default", StartTimeFilter = times, StatusFilter = new() { Status = WorkflowExecutionStatus.Failed } });
        Assert.DoesNotContain(failed.Executions, item => item.Execution.WorkflowId == closed.Id);
        var scanned = await Service.ScanWorkflowExecutionsAsync(new() { Namespace = "default", Query = $"WorkflowType = '{type}'" });
        Assert.Equal(2, scanned.Executions.Count);
    }

    [Fact]
    public async Task GetSearchAttributes_HasSystemAndCustomOnes()
    {
        await Operator.AddSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { ["Told"] = IndexedValueType.Bool } });
        var keys = (await Service.GetSearchAttributesAsync(new())).Keys;
        Assert.Equal((IndexedValueType.Keyword, IndexedValueType.Bool), (keys["WorkflowType"], keys["Told"]));
    }

    [Fact]
    public async Task RemoveSearchAttributes_MakesFiltersOnItInvalid_AndSparesTheSystemsOwn()
    {
        const string name = "Short";
        await Operator.AddSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { [name] = IndexedValueType.Keyword } });
        await Service.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = $"{name} = 'x'" });
        await Operator.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { name } });
        Assert.DoesNotContain(name, (await Operator.ListSearchAttributesAsync(new() { Namespace = "default" })).CustomAttributes.Keys);
        await IsRefusedAsync(
            RpcException.StatusCode.InvalidArgument, () => Service.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = $"{name} = 'x'" }));
        await IsRefusedAsync(
            RpcException.StatusCode.InvalidArgument,
            () => Operator.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { "WorkflowType" } }));
        await IsRefusedAsync(
            RpcException.StatusCode.NotFound, () => Operator.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { name } }));
    }

    [Fact]
    public async Task DeleteWorkflowExecution_OfAnOpenOne_LeavesNothing()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await Service.DeleteWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = worker.Execution });
        await IsRefusedAsync(RpcException.StatusCode.NotFound, worker.HistoryAsync);
        var list = await Service.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = $"WorkflowId = '{worker.Id}'" });
        Assert.Equal(0, list.Count);
    }

    [Fact]
    public async Task UpdateNamespace_AsTheCliDoes_ChangesRetentionAndKeepsTheRest()
    {
        var name = $"ns-{Guid.NewGuid():N}";
        await Service.RegisterNamespaceAsync(new() { Namespace = name, Description = "first", OwnerEmail = "a@example.org" });
        await Service.UpdateNamespaceAsync(new()
        {
            Namespace = name,
            UpdateInfo = new() { Description = "second", OwnerEmail = "a@example.org" },
            Config = new() { WorkflowExecutionRetentionTtl = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(3)) },
            ReplicationConfig = new(),
        });
        var now = await Service.DescribeNamespaceAsync(new() { Namespace = name });
        Assert.Equal(("second", "a@example.org"), (now.NamespaceInfo.Description, now.NamespaceInfo.OwnerEmail));
        Assert.Equal(TimeSpan.FromDays(3), now.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
        Assert.Equal(now, await Service.DescribeNamespaceAsync(new() { Id = now.NamespaceInfo.Id }));
        await Operator.DeleteNamespaceAsync(new() { Namespace = name });
        await IsRefusedAsync(RpcException.StatusCode.NotFound, () => Service.DescribeNamespaceAsync(new() { Namespace = name }));
        await IsRefusedAsync(RpcException.StatusCode.NotFound, () => Operator.DeleteNamespaceAsync(new() { Namespace = name }));
    }

    [Fact]
    public async Task ResetStickyTaskQueue_SendsTheNextTaskToTheNormalQueueWithTheWholeHistory()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        var first = await worker.PollAsync();
        var sticky = worker.PollAsync(sticky: true);
        await worker.StickyPollerIsKnownAsync();
        await worker.AnswerAsync(first, [], request => request.StickyAttributes = new()
        {
            WorkerTaskQueue = new() { Name = worker.StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = worker.Queue },
            ScheduleToStartTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        });
        await Service.ResetStickyTaskQueueAsync(new() { Namespace = "default", Execution = worker.Execution });
        await worker.SignalAsync("s");
        var next = await worker.PollAsync();
        Assert.Equal(1, next.History.Events[0].EventId);
        Assert.False(sticky.IsCompleted);
        await worker.AnswerAsync(next, FakeWorker.Complete());
    }

    [Fact]
    public async Task CountWorkflowExecutions_ByStatusUnderAFilter_AsTheUiDoes()
    {
        var (open, closed) = (new FakeWorker(server), new FakeWorker(server));
        var type = $"type-{open.Id}";
        foreach (var worker in new[] { open, closed })
        {
            await worker.StartAsync(request => request.WorkflowType = new() { Name = type });
        }

        await closed.AnswerAsync(await closed.PollAsync(), FakeWorker.Complete());
        var counts = await Service.CountWorkflowExecutionsAsync(
            new() { Namespace = "default", Query = $"`WorkflowType`=\"{type}\" GROUP BY ExecutionStatus" });
        Assert.Equal(2, counts.Count);
        Assert.Equal(
            [("\"Completed\"", 1L), ("\"Running\"", 1L)],
            counts.Groups.Select(group => (group.GroupValues[0].Data.ToStringUtf8(), group.Count)).Order());
        Assert.All(counts.Groups, group => Assert.Equal(ByteString.CopyFromUtf8("Keyword"), group.GroupValues[0].Metadata["type"]));
    }

    private static async Task IsRefusedAsync<T>(RpcException.StatusCode code, Func<Task<T>> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).Code);
}
