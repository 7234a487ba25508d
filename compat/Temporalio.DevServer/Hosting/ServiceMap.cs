using Grpc.Health.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Services;

namespace Temporalio.DevServer.Hosting;

/// <summary>Which method is served by whom. What is not listed here answers UNIMPLEMENTED.</summary>
internal static class ServiceMap
{
    private const string Workflow = "temporal.api.workflowservice.v1.WorkflowService";

    public static GrpcRouter Build(EngineCore engine)
    {
        var router = new GrpcRouter();
        router.Add<HealthCheckRequest, HealthCheckResponse>("grpc.health.v1.Health", "Check", HealthService.Check);
        AddWorkflows(router, engine);
        AddTasks(router, engine);
        AddSystem(router, engine);
        return router;
    }

    private static void AddWorkflows(GrpcRouter router, EngineCore engine)
    {
        var start = new StartService(engine);
        router.Add<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(Workflow, "StartWorkflowExecution", start.StartAsync);
        router.Add<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>(
            Workflow, "SignalWithStartWorkflowExecution", start.SignalWithStartAsync);
        var control = new ControlService(engine);
        router.Add<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>(Workflow, "SignalWorkflowExecution", control.SignalAsync);
        router.Add<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>(
            Workflow, "RequestCancelWorkflowExecution", control.CancelAsync);
        router.Add<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>(Workflow, "TerminateWorkflowExecution", control.TerminateAsync);
        router.Add<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>(Workflow, "DeleteWorkflowExecution", control.DeleteAsync);
        var history = new HistoryService(engine);
        router.Add<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(Workflow, "GetWorkflowExecutionHistory", history.GetAsync);
        router.Add<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>(
            Workflow, "GetWorkflowExecutionHistoryReverse", history.GetReverseAsync);
        router.Add<QueryWorkflowRequest, QueryWorkflowResponse>(Workflow, "QueryWorkflow", new QueryService(engine).QueryAsync);
        router.Add<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>(
            Workflow, "DescribeWorkflowExecution", new DescribeService(engine).DescribeAsync);
    }

    private static void AddTasks(GrpcRouter router, EngineCore engine)
    {
        var tasks = new WorkflowTaskService(engine);
        router.Add<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>(
            Workflow, "PollWorkflowTaskQueue", new WorkflowTaskPollService(engine).PollAsync);
        router.Add<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>(
            Workflow, "RespondWorkflowTaskCompleted", tasks.CompleteAsync);
        router.Add<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>(Workflow, "RespondWorkflowTaskFailed", tasks.FailAsync);
        router.Add<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>(Workflow, "RespondQueryTaskCompleted", tasks.CompleteQueryAsync);
        var activities = new ActivityTaskService(engine);
        router.Add<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>(Workflow, "PollActivityTaskQueue", activities.PollAsync);
        router.Add<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>(
            Workflow, "RespondActivityTaskCompleted", activities.CompleteAsync);
        router.Add<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>(Workflow, "RespondActivityTaskFailed", activities.FailAsync);
        router.Add<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>(Workflow, "RespondActivityTaskCanceled", activities.CancelAsync);
        router.Add<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>(
            Workflow, "RecordActivityTaskHeartbeat", activities.HeartbeatAsync);
        router.Add<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>(
            Workflow, "RespondActivityTaskCompletedById", activities.CompleteByIdAsync);
        router.Add<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>(
            Workflow, "RespondActivityTaskFailedById", activities.FailByIdAsync);
        router.Add<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>(
            Workflow, "RespondActivityTaskCanceledById", activities.CancelByIdAsync);
        router.Add<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>(
            Workflow, "RecordActivityTaskHeartbeatById", activities.HeartbeatByIdAsync);
    }

    private static void AddSystem(GrpcRouter router, EngineCore engine)
    {
        var system = new SystemService(engine);
        router.Add<GetSystemInfoRequest, GetSystemInfoResponse>(Workflow, "GetSystemInfo", SystemService.GetSystemInfo);
        router.Add<GetClusterInfoRequest, GetClusterInfoResponse>(Workflow, "GetClusterInfo", SystemService.GetClusterInfo);
        router.Add<DescribeTaskQueueRequest, DescribeTaskQueueResponse>(Workflow, "DescribeTaskQueue", system.DescribeTaskQueueAsync);
        router.Add<ShutdownWorkerRequest, ShutdownWorkerResponse>(Workflow, "ShutdownWorker", system.ShutdownWorkerAsync);
        router.Add<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>(Workflow, "ResetStickyTaskQueue", system.ResetStickyAsync);
        var namespaces = new NamespaceService(engine);
        router.Add<DescribeNamespaceRequest, DescribeNamespaceResponse>(Workflow, "DescribeNamespace", namespaces.Describe);
        router.Add<ListNamespacesRequest, ListNamespacesResponse>(Workflow, "ListNamespaces", namespaces.List);
        router.Add<RegisterNamespaceRequest, RegisterNamespaceResponse>(Workflow, "RegisterNamespace", namespaces.RegisterAsync);
        router.Add<UpdateNamespaceRequest, UpdateNamespaceResponse>(Workflow, "UpdateNamespace", namespaces.UpdateAsync);
    }
}
