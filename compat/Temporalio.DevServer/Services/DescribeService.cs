using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>One workflow in detail.</summary>
internal sealed class DescribeService(EngineCore engine)
{
    public async Task<DescribeWorkflowExecutionResponse> DescribeAsync(DescribeWorkflowExecutionRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.Execution, engine.Limits);
        var (response, commit) = engine.Directory.Locked(request.Namespace, request.Execution.WorkflowId, slot =>
        {
            var run = slot.Get(request.Execution);
            return (Describe(run), run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return response;
    }

    private DescribeWorkflowExecutionResponse Describe(Run run)
    {
        var state = run.State;
        var started = engine.EventsOf(run)[0];
        var response = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new WorkflowExecutionConfig
            {
                TaskQueue = new TaskQueue { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = state.ExecutionTimeout.Proto(),
                WorkflowRunTimeout = state.RunTimeout.Proto(),
                DefaultWorkflowTaskTimeout = state.TaskTimeout.Proto(),
                UserMetadata = started.UserMetadata,
            },
            WorkflowExecutionInfo = Info(state),
            WorkflowExtendedInfo = new WorkflowExecutionExtendedInfo
            {
                ExecutionExpirationTime = state.ExecutionExpiration.Stamp(),
                RunExpirationTime = state.RunExpiration.Stamp(),
                CancelRequested = state.CancelRequested,
                OriginalStartTime = state.StartTime.Stamp(),
            },
        };
        if (state.Task is { } task && task.Kind != WorkflowTaskKind.Speculative)
        {
            response.PendingWorkflowTask = new PendingWorkflowTaskInfo
            {
                State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
                ScheduledTime = task.Scheduled.Stamp(),
                OriginalScheduledTime = task.Scheduled.Stamp(),
                StartedTime = task.Started.Stamp(),
                Attempt = task.Attempt,
            };
        }

        response.PendingActivities.Add(state.Activities.Values.Select(Activity));
        response.PendingChildren.Add(state.Children.Values.Select(static child => new PendingChildExecutionInfo
        {
            WorkflowId = child.WorkflowId,
            RunId = child.RunId,
            WorkflowTypeName = child.Type,
            InitiatedId = child.InitiatedId,
            ParentClosePolicy = child.ClosePolicy,
        }));
        return response;
    }

    private static WorkflowExecutionInfo Info(RunState state)
    {
        var info = new WorkflowExecutionInfo
        {
            Execution = state.Execution,
            Type = new WorkflowType { Name = state.WorkflowType },
            StartTime = state.StartTime.Stamp(),
            CloseTime = state.CloseTime.Stamp(),
            ExecutionTime = state.ExecutionTime.Stamp(),
            ExecutionDuration = state.CloseTime is { } closed ? (closed - state.ExecutionTime is { Ticks: > 0 } span ? span : TimeSpan.Zero).Proto() : null,
            Status = state.Status,
            HistoryLength = state.LastEventId,
            HistorySizeBytes = state.HistorySize,
            StateTransitionCount = state.Transitions,
            TaskQueue = state.TaskQueue,
            Memo = state.Memo ?? new Memo(),
            SearchAttributes = state.SearchAttributes ?? new SearchAttributes(),
            ParentNamespaceId = "",
            FirstRunId = state.FirstRunId,
            RootExecution = new WorkflowExecution { WorkflowId = state.RootWorkflowId, RunId = state.RootRunId },
        };
        if (state.HasParent)
        {
            info.ParentExecution = new WorkflowExecution { WorkflowId = state.ParentWorkflowId, RunId = state.ParentRunId };
        }

        return info;
    }

    private static PendingActivityInfo Activity(ActivityState activity)
    {
        var info = new PendingActivityInfo
        {
            ActivityId = activity.ActivityId,
            ActivityType = new ActivityType { Name = activity.Type },
            State = activity.Started is null
                ? PendingActivityState.Scheduled
                : activity.CancelRequestedId != 0 ? PendingActivityState.CancelRequested : PendingActivityState.Started,
            HeartbeatDetails = activity.HeartbeatDetails,
            LastHeartbeatTime = activity.LastHeartbeat.Stamp(),
            LastStartedTime = activity.Started.Stamp(),
            Attempt = activity.Attempt,
            MaximumAttempts = activity.Retry?.MaximumAttempts ?? 0,
            ScheduledTime = (activity.RetryAt ?? activity.AttemptScheduled).Stamp(),
            NextAttemptScheduleTime = activity.RetryAt.Stamp(),
            ExpirationTime = ActivityRules.Expiration(activity).Stamp(),
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.Identity,
            LastAttemptCompleteTime = activity.LastAttemptClosed.Stamp(),
        };
        if (activity is { RetryAt: { } next, LastAttemptClosed: { } closed })
        {
            info.CurrentRetryInterval = (next - closed).Proto();
        }

        return info;
    }
}
