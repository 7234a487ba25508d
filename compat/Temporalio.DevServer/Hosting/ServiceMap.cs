using Google.Protobuf.WellKnownTypes;
using Grpc.Health.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.TestService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Services;

namespace Temporalio.DevServer.Hosting;

/// <summary>Which method is served by whom. What is not listed here answers UNIMPLEMENTED.</summary>
internal static class ServiceMap
{
    private const string Workflow = "temporal.api.workflowservice.v1.WorkflowService";

    public static GrpcRouter Build(EngineCore engine, bool explains)
    {
        var router = new GrpcRouter();
        router.Add<HealthCheckRequest, HealthCheckResponse>("grpc.health.v1.Health", "Check", HealthService.Check);
        AddWorkflows(router, engine, explains);
        AddTasks(router, engine);
        AddSystem(router, engine);
        AddOperator(router, engine);
        AddTest(router, engine);
        return router;
    }

    private static void AddWorkflows(GrpcRouter router, EngineCore engine, bool explains)
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
        router.Add<ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>(Workflow, "ResetWorkflowExecution", control.ResetAsync);
        router.Add<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>(Workflow, "DeleteWorkflowExecution", control.DeleteAsync);
        var updates = new UpdateService(engine);
        router.Add<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>(Workflow, "UpdateWorkflowExecution", updates.UpdateAsync);
        router.Add<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>(Workflow, "PollWorkflowExecutionUpdate", updates.PollAsync);
        router.Add<ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>(
            Workflow, "ExecuteMultiOperation", new MultiOperationService(engine, start, updates).ExecuteAsync);
        var history = new HistoryService(engine);
        router.Add<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(Workflow, "GetWorkflowExecutionHistory", history.GetAsync);
        router.Add<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>(
            Workflow, "GetWorkflowExecutionHistoryReverse", history.GetReverseAsync);
        router.Add<QueryWorkflowRequest, QueryWorkflowResponse>(Workflow, "QueryWorkflow", new QueryService(engine).QueryAsync);
        router.Add<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>(
            Workflow, "DescribeWorkflowExecution", new DescribeService(engine).DescribeAsync);
        var lists = new VisibilityService(engine, explains);
        router.Add<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>(Workflow, "ListWorkflowExecutions", lists.List);
        router.Add<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>(Workflow, "ScanWorkflowExecutions", lists.Scan);
        router.Add<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>(Workflow, "ListOpenWorkflowExecutions", lists.ListOpen);
        router.Add<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>(Workflow, "ListClosedWorkflowExecutions", lists.ListClosed);
        router.Add<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>(Workflow, "CountWorkflowExecutions", lists.Count);
        router.Add<GetSearchAttributesRequest, GetSearchAttributesResponse>(Workflow, "GetSearchAttributes", lists.GetSearchAttributes);
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
        var queues = new TaskQueueService(engine);
        router.Add<DescribeTaskQueueRequest, DescribeTaskQueueResponse>(Workflow, "DescribeTaskQueue", queues.Describe);
        router.Add<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>(Workflow, "ListTaskQueuePartitions", queues.ListPartitions);
        router.Add<ShutdownWorkerRequest, ShutdownWorkerResponse>(Workflow, "ShutdownWorker", system.ShutdownWorkerAsync);
        router.Add<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>(Workflow, "ResetStickyTaskQueue", system.ResetStickyAsync);
        var namespaces = new NamespaceService(engine);
        router.Add<DescribeNamespaceRequest, DescribeNamespaceResponse>(Workflow, "DescribeNamespace", namespaces.Describe);
        router.Add<ListNamespacesRequest, ListNamespacesResponse>(Workflow, "ListNamespaces", namespaces.List);
        router.Add<RegisterNamespaceRequest, RegisterNamespaceResponse>(Workflow, "RegisterNamespace", namespaces.RegisterAsync);
        router.Add<UpdateNamespaceRequest, UpdateNamespaceResponse>(Workflow, "UpdateNamespace", namespaces.UpdateAsync);
    }

    private static void AddOperator(GrpcRouter router, EngineCore engine)
    {
        const string name = "temporal.api.operatorservice.v1.OperatorService";
        var service = new OperatorService(engine);
        router.Add<AddSearchAttributesRequest, AddSearchAttributesResponse>(name, "AddSearchAttributes", service.AddSearchAttributesAsync);
        router.Add<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>(name, "RemoveSearchAttributes", service.RemoveSearchAttributesAsync);
        router.Add<ListSearchAttributesRequest, ListSearchAttributesResponse>(name, "ListSearchAttributes", service.ListSearchAttributes);
        router.Add<DeleteNamespaceRequest, DeleteNamespaceResponse>(name, "DeleteNamespace", service.DeleteNamespaceAsync);
    }

    private static void AddTest(GrpcRouter router, EngineCore engine)
    {
        const string name = "temporal.api.testservice.v1.TestService";
        var service = new TestService(engine);
        router.Add<LockTimeSkippingRequest, LockTimeSkippingResponse>(name, "LockTimeSkipping", service.Lock);
        router.Add<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>(name, "UnlockTimeSkipping", service.Unlock);
        router.Add<SleepRequest, SleepResponse>(name, "UnlockTimeSkippingWithSleep", service.UnlockWithSleepAsync);
        router.Add<SleepRequest, SleepResponse>(name, "Sleep", service.SleepAsync);
        router.Add<SleepUntilRequest, SleepResponse>(name, "SleepUntil", service.SleepUntilAsync);
        router.Add<Empty, GetCurrentTimeResponse>(name, "GetCurrentTime", service.GetCurrentTime);
    }
}
