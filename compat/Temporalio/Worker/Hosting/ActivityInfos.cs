using Temporalio.Activities;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Worker.Engine;
using Temporalio.Workflows;

namespace Temporalio.Worker.Hosting;

internal static class ActivityInfos
{
    internal static ActivityInfo From(PollActivityTaskQueueResponse task, WorkerContext context)
    {
        var info = new ActivityInfo(
            ActivityId: task.ActivityId,
            ActivityType: task.ActivityType.Name,
            Attempt: Math.Max(1, task.Attempt),
            CurrentAttemptScheduledTime: task.CurrentAttemptScheduledTime.ToUtc(),
            DataConverter: context.Client.Options.DataConverter,
            HeartbeatDetails: task.HeartbeatDetails.OrEmpty(),
            HeartbeatTimeout: task.HeartbeatTimeout.ToSpan(),
            IsLocal: false,
            Namespace: context.Namespace,
            Priority: task.Priority.ToPriority(),
            RetryPolicy: task.RetryPolicy.ToRetryPolicy(),
            ScheduleToCloseTimeout: task.ScheduleToCloseTimeout.ToSpan(),
            ScheduledTime: task.ScheduledTime.ToUtc(),
            StartToCloseTimeout: task.StartToCloseTimeout.ToSpan(),
            StartedTime: task.StartedTime.ToUtc(),
            TaskQueue: context.TaskQueue,
            TaskToken: task.TaskToken.ToByteArray(),
            WorkflowId: task.WorkflowExecution?.WorkflowId.OrNull(),
            WorkflowNamespace: task.WorkflowNamespace.OrNull(),
            WorkflowRunId: task.WorkflowExecution?.RunId.OrNull(),
            WorkflowType: task.WorkflowType?.Name.OrNull());
        return WithOwnConverter(info);
    }

    internal static ActivityInfo From(LocalActivityOperation operation, WorkflowInfo workflow, int attempt, WorkerContext context)
    {
        var now = DateTime.UtcNow;
        return WithOwnConverter(new(
            ActivityId: operation.Id,
            ActivityType: operation.Type,
            Attempt: attempt,
            CurrentAttemptScheduledTime: now,
            DataConverter: context.Client.Options.DataConverter with { PayloadCodec = null },
            HeartbeatDetails: [],
            HeartbeatTimeout: null,
            IsLocal: true,
            Namespace: context.Namespace,
            Priority: workflow.Priority,
            RetryPolicy: operation.Options.RetryPolicy,
            ScheduleToCloseTimeout: operation.Options.ScheduleToCloseTimeout,
            ScheduledTime: operation.OriginalScheduleTime,
            StartToCloseTimeout: operation.Options.StartToCloseTimeout,
            StartedTime: now,
            TaskQueue: context.TaskQueue,
            TaskToken: [],
            WorkflowId: workflow.WorkflowId,
            WorkflowNamespace: context.Namespace,
            WorkflowRunId: workflow.RunId,
            WorkflowType: workflow.WorkflowType));
    }

    private static ActivityInfo WithOwnConverter(ActivityInfo info) => info with
    {
        DataConverter = info.DataConverter.WithSerializationContext(new ISerializationContext.Activity(info)),
    };
}
