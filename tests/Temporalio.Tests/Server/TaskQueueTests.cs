using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>What "temporal task-queue describe" and the task queue page of the Temporal UI ask.</summary>
[Collection(ServerCollection.Name)]
public sealed class TaskQueueTests(DevServerProcess server)
{
    [Fact]
    public async Task Describe_AsTheCliAsks_ShowsPollersAndBacklogOfBothTypes()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), worker.Activity("1"), worker.Activity("2"));
        await worker.PollActivityAsync();
        var request = Describe(worker);
        request.ApiMode = DescribeTaskQueueMode.Enhanced;
        request.TaskQueueTypes.Add([TaskQueueType.Workflow, TaskQueueType.Activity, TaskQueueType.Nexus]);
        (request.ReportPollers, request.ReportStats) = (true, true);
        var answer = await worker.Service.DescribeTaskQueueAsync(request);

        var (build, version) = Assert.Single(answer.VersionsInfo);
        Assert.Equal("", build);
        Assert.Equal([1, 2, 3], version.TypesInfo.Keys.Order());
        var workflows = version.TypesInfo[(int)TaskQueueType.Workflow];
        Assert.Equal(FakeWorker.Identity, Assert.Single(workflows.Pollers).Identity);
        Assert.Equal(0, workflows.Stats.ApproximateBacklogCount);
        var activities = version.TypesInfo[(int)TaskQueueType.Activity];
        Assert.Equal(FakeWorker.Identity, Assert.Single(activities.Pollers).Identity);
        Assert.Equal(1, activities.Stats.ApproximateBacklogCount);
        Assert.Empty(version.TypesInfo[(int)TaskQueueType.Nexus].Pollers);
    }

    [Fact]
    public async Task Describe_Enhanced_TellsNoMoreThanItWasAskedFor()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.PollAsync();
        var request = Describe(worker);
        request.ApiMode = DescribeTaskQueueMode.Enhanced;
        var version = (await worker.Service.DescribeTaskQueueAsync(request)).VersionsInfo[""];
        Assert.Equal([1, 2], version.TypesInfo.Keys.Order());
        Assert.All(version.TypesInfo.Values, type => Assert.Equal((0, null), (type.Pollers.Count, type.Stats)));
    }

    [Fact]
    public async Task Describe_BuildIdThatNobodyHas_HasNoPollers()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.PollAsync();
        var request = Describe(worker);
        request.ApiMode = DescribeTaskQueueMode.Enhanced;
        (request.ReportPollers, request.ReportTaskReachability) = (true, true);
        request.Versions = new TaskQueueVersionSelection { BuildIds = { "1.0" } };
        var (build, version) = Assert.Single((await worker.Service.DescribeTaskQueueAsync(request)).VersionsInfo);
        Assert.Equal(("1.0", BuildIdTaskReachability.Unreachable), (build, version.TaskReachability));
        Assert.All(version.TypesInfo.Values, type => Assert.Empty(type.Pollers));
    }

    [Fact]
    public async Task Describe_AsTheUiAsks_ShowsPollersOfTheTypeAndTheStatusIfAskedFor()
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.StartAsync(request => request.WorkflowId += "-waits");
        await worker.PollAsync();
        var request = Describe(worker);
        request.TaskQueueType = TaskQueueType.Workflow;
        var plain = await worker.Service.DescribeTaskQueueAsync(request);
        Assert.Equal(FakeWorker.Identity, Assert.Single(plain.Pollers).Identity);
        Assert.Null(plain.TaskQueueStatus);
        request.IncludeTaskQueueStatus = true;
        Assert.Equal(1, (await worker.Service.DescribeTaskQueueAsync(request)).TaskQueueStatus.BacklogCountHint);
        request.TaskQueueType = TaskQueueType.Activity;
        Assert.Empty((await worker.Service.DescribeTaskQueueAsync(request)).Pollers);
    }

    [Fact]
    public async Task ListPartitions_OfAnyQueue_IsTheOne()
    {
        var answer = await server.Client.WorkflowService.ListTaskQueuePartitionsAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" } });
        Assert.Equal("q", Assert.Single(answer.WorkflowTaskQueuePartitions).Key);
        Assert.Equal("q", Assert.Single(answer.ActivityTaskQueuePartitions).Key);
    }

    private static DescribeTaskQueueRequest Describe(FakeWorker worker) => new()
    {
        Namespace = worker.Namespace,
        TaskQueue = new TaskQueue { Name = worker.Queue, Kind = TaskQueueKind.Normal },
    };
}
