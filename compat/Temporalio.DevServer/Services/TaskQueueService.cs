using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Services;

/// <summary>Who polls a task queue, and what waits in it. There are no versions of workers: everything is unversioned.</summary>
internal sealed class TaskQueueService(EngineCore engine)
{
    private const string Unversioned = "";

    /// <summary>What the real service says of workers that set no limit.</summary>
    private const double NoRateLimit = 100_000;
    private static readonly TimeSpan PollerMemory = TimeSpan.FromMinutes(5);

    public DescribeTaskQueueResponse Describe(DescribeTaskQueueRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckQueue(request.TaskQueue, engine.Limits);
        return request.ApiMode == DescribeTaskQueueMode.Enhanced ? Enhanced(request) : Plain(request);
    }

    public ListTaskQueuePartitionsResponse ListPartitions(ListTaskQueuePartitionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckQueue(request.TaskQueue, engine.Limits);
        var only = new TaskQueuePartitionMetadata { Key = request.TaskQueue.Name, OwnerHostName = Environment.MachineName };
        return new ListTaskQueuePartitionsResponse { ActivityTaskQueuePartitions = { only }, WorkflowTaskQueuePartitions = { only } };
    }

    private DescribeTaskQueueResponse Plain(DescribeTaskQueueRequest request)
    {
        var queue = engine.Queues.Find(request.Namespace, request.TaskQueue.Name, request.TaskQueueType == TaskQueueType.Activity);
        var response = new DescribeTaskQueueResponse { Pollers = { Pollers(queue) }, Stats = request.ReportStats ? Stats(queue) : null };
        if (request.IncludeTaskQueueStatus)
        {
            response.TaskQueueStatus = new TaskQueueStatus
            {
                BacklogCountHint = queue?.Backlog ?? 0,
                RatePerSecond = NoRateLimit,
                TaskIdBlock = new TaskIdBlock(),
            };
        }

        return response;
    }

    private DescribeTaskQueueResponse Enhanced(DescribeTaskQueueRequest request)
    {
        var response = new DescribeTaskQueueResponse();
        var types = request.TaskQueueTypes.Count > 0 ? request.TaskQueueTypes.ToList() : [TaskQueueType.Workflow, TaskQueueType.Activity];
        if (request.Versions is not { BuildIds.Count: > 0, Unversioned: false, AllActive: false })
        {
            response.VersionsInfo[Unversioned] = Version(types, type => engine.Queues.Find(
                request.Namespace, request.TaskQueue.Name, type == TaskQueueType.Activity));
            response.VersionsInfo[Unversioned].TaskReachability =
                request.ReportTaskReachability ? BuildIdTaskReachability.Reachable : BuildIdTaskReachability.Unspecified;
        }

        foreach (var id in request.Versions?.BuildIds ?? [])
        {
            response.VersionsInfo[id] = Version(types, static _ => null);
            response.VersionsInfo[id].TaskReachability =
                request.ReportTaskReachability ? BuildIdTaskReachability.Unreachable : BuildIdTaskReachability.Unspecified;
        }

        return response;

        TaskQueueVersionInfo Version(IEnumerable<TaskQueueType> wanted, Func<TaskQueueType, MatchQueue?> find)
        {
            var version = new TaskQueueVersionInfo();
            foreach (var type in wanted)
            {
                // Queues of the third type, Nexus, are always empty here.
                var queue = type == TaskQueueType.Nexus ? null : find(type);
                version.TypesInfo[(int)type] = new TaskQueueTypeInfo { Stats = request.ReportStats ? Stats(queue) : null };
                if (request.ReportPollers)
                {
                    version.TypesInfo[(int)type].Pollers.Add(Pollers(queue));
                }
            }

            return version;
        }
    }

    private static TaskQueueStats Stats(MatchQueue? queue) => new()
    {
        ApproximateBacklogCount = queue?.Backlog ?? 0,
        ApproximateBacklogAge = (queue?.BacklogAge ?? TimeSpan.Zero).Proto(),
    };

    private static IEnumerable<PollerInfo> Pollers(MatchQueue? queue)
    {
        var recently = DateTimeOffset.UtcNow - PollerMemory;
        return queue is null ? [] : queue.Identities.Where(item => item.Value > recently).Select(static item => new PollerInfo
        {
            Identity = item.Key,
            LastAccessTime = item.Value.Stamp(),
            RatePerSecond = NoRateLimit,
        });
    }
}
