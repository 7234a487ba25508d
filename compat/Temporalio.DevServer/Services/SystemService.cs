using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Services;

/// <summary>What the server is and can, and workers that leave.</summary>
internal sealed class SystemService(EngineCore engine)
{
    /// <summary>The version of the real server whose behaviour is aimed at.</summary>
    public const string ServerVersion = "1.31.0";

    public static GetSystemInfoResponse GetSystemInfo(GetSystemInfoRequest request) => new()
    {
        ServerVersion = ServerVersion,
        Capabilities = new GetSystemInfoResponse.Types.Capabilities
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            SupportsSchedules = false,
            EncodedFailureAttributes = true,
            BuildIdBasedVersioning = false,
            UpsertMemo = true,
            EagerWorkflowStart = false,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
            Nexus = false,
        },
    };

    public static GetClusterInfoResponse GetClusterInfo(GetClusterInfoRequest request)
    {
        var info = new GetClusterInfoResponse
        {
            ServerVersion = ServerVersion,
            ClusterId = "5a1e8ae0-0000-4000-8000-000000000001",
            ClusterName = NamespaceRegistry.ClusterName,
            HistoryShardCount = 1,
            PersistenceStore = "sqlite",
            VisibilityStore = "sqlite",
            InitialFailoverVersion = 1,
            FailoverVersionIncrement = 10,
        };
        info.SupportedClients.Add("temporal-cli", "<2.0.0");
        info.SupportedClients.Add("temporal-go", "<2.0.0");
        info.SupportedClients.Add("temporal-java", "<2.0.0");
        info.SupportedClients.Add("temporal-server", "<2.0.0");
        info.SupportedClients.Add("temporal-typescript", "<2.0.0");
        info.SupportedClients.Add("temporal-ui", "<3.0.0");
        return info;
    }

    public Task<ShutdownWorkerResponse> ShutdownWorkerAsync(ShutdownWorkerRequest request, GrpcCall call)
    {
        foreach (var task in engine.Queues.ShutDown(request.Namespace, request.StickyTaskQueue, request.WorkerInstanceKey))
        {
            Reroute(task);
        }

        return Task.FromResult(new ShutdownWorkerResponse());
    }

    public async Task<ResetStickyTaskQueueResponse> ResetStickyAsync(ResetStickyTaskQueueRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.Execution, engine.Limits);
        await engine.Directory.Locked(request.Namespace, request.Execution.WorkflowId, slot =>
        {
            var transition = slot.Begin(slot.GetOpen(request.Execution));
            transition.State.StickyQueue = "";
            return engine.Commit(transition);
        }).ConfigureAwait(false);
        return new ResetStickyTaskQueueResponse();
    }

    /// <summary>A task waits for a worker that is gone: back to the normal queue.</summary>
    private void Reroute(MatchTask task)
    {
        switch (task)
        {
            case WorkflowTaskHint hint:
                engine.Directory.Locked(hint.Namespace, hint.WorkflowId, slot =>
                {
                    if (slot.Find(hint.RunId) is { State: { IsOpen: true, Task: { IsStarted: false } workflowTask } } run && workflowTask.Stamp == hint.Stamp)
                    {
                        run.State.StickyQueue = "";
                        workflowTask.StickyQueue = "";
                        engine.Queues.Workflow(hint.Namespace, run.State.TaskQueue).Add(hint);
                    }
                });
                break;
            case QueryTaskHint { Query: var query }:
                engine.Directory.Locked(query.Namespace, query.WorkflowId, slot =>
                {
                    if (slot.Find(query.RunId) is { } run)
                    {
                        run.State.StickyQueue = "";
                        QueryRules.Dispatch(engine, run, query);
                    }
                });
                break;
        }
    }
}
