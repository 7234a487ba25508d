using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Makes a run with its first event. Scheduling its first task is left to the caller.</summary>
internal static class RunFactory
{
    private static readonly TimeSpan DefaultTaskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTaskTimeout = TimeSpan.FromSeconds(120);

    public static Transition Create(EngineCore engine, WorkflowSlot slot, StartParameters start)
    {
        var now = engine.Clock.GetUtcNow();
        var root = start.Root ?? new WorkflowExecution { WorkflowId = start.WorkflowId, RunId = start.RunId };
        var expiration = start.ExecutionExpiration ?? (start.ExecutionTimeout > TimeSpan.Zero ? now + start.Delay + start.ExecutionTimeout : null);
        var runTimeout = start.ExecutionTimeout > TimeSpan.Zero && (start.RunTimeout == TimeSpan.Zero || start.RunTimeout > start.ExecutionTimeout)
            ? start.ExecutionTimeout
            : start.RunTimeout;
        var runExpiration = runTimeout > TimeSpan.Zero ? now + start.Delay + runTimeout : (DateTimeOffset?)null;
        var taskTimeout = start.TaskTimeout == TimeSpan.Zero ? DefaultTaskTimeout : start.TaskTimeout > LongestTaskTimeout ? LongestTaskTimeout : start.TaskTimeout;
        var state = new RunState
        {
            RunKey = engine.NextRunKey(),
            Namespace = start.Namespace,
            WorkflowId = start.WorkflowId,
            RunId = start.RunId,
            FirstRunId = start.FirstRunId.Length > 0 ? start.FirstRunId : start.RunId,
            OriginalRunId = start.RunId,
            StartRequestId = start.RequestId,
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
            ExecutionTimeout = start.ExecutionTimeout,
            RunTimeout = runTimeout,
            TaskTimeout = taskTimeout,
            Retry = start.Retry is null ? null : RetryRules.Normalize(start.Retry),
            Cron = start.Cron,
            Attempt = start.Attempt,
            StartTime = now,
            ExecutionTime = now + start.Delay,
            ExecutionExpiration = expiration,
            RunExpiration = expiration is { } end && (runExpiration is null || end < runExpiration) ? end : runExpiration,
            ParentNamespace = start.ParentNamespace,
            ParentWorkflowId = start.Parent?.WorkflowId ?? "",
            ParentRunId = start.Parent?.RunId ?? "",
            ParentInitiatedId = start.ParentInitiatedId,
            RootWorkflowId = root.WorkflowId,
            RootRunId = root.RunId,
            Memo = start.Memo is { Fields.Count: > 0 } ? start.Memo : null,
            SearchAttributes = start.SearchAttributes is { IndexedFields.Count: > 0 } ? start.SearchAttributes : null,
            AwaitsParent = start.AwaitsParent,
            Backoff = start.Delay > TimeSpan.Zero ? start.Backoff : StartBackoff.None,
            FirstTaskAt = start.Delay > TimeSpan.Zero ? now + start.Delay : null,
        };
        var run = new Run(state, []);
        var transition = new Transition(engine, run, isNew: true);
        transition.Append(StartedEvent(transition, start));
        slot.AddCurrent(run);
        return transition;
    }

    private static HistoryEvent StartedEvent(Transition transition, StartParameters start)
    {
        var state = transition.State;
        var item = transition.Create(EventType.WorkflowExecutionStarted);
        item.UserMetadata = start.UserMetadata;
        item.WorkflowExecutionStartedEventAttributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = new WorkflowType { Name = start.WorkflowType },
            WorkflowId = start.WorkflowId,
            TaskQueue = new TaskQueue { Name = start.TaskQueue, Kind = TaskQueueKind.Normal },
            Input = start.Input,
            WorkflowExecutionTimeout = start.ExecutionTimeout.Proto(),
            WorkflowRunTimeout = state.RunTimeout.Proto(),
            WorkflowTaskTimeout = state.TaskTimeout.Proto(),
            OriginalExecutionRunId = state.OriginalRunId,
            FirstExecutionRunId = state.FirstRunId,
            Identity = start.Identity,
            Attempt = start.Attempt,
            RetryPolicy = state.Retry,
            CronSchedule = start.Cron,
            FirstWorkflowTaskBackoff = start.Delay.Proto(),
            WorkflowExecutionExpirationTime = state.ExecutionExpiration.Stamp(),
            Memo = start.Memo,
            SearchAttributes = start.SearchAttributes,
            Header = start.Header,
            ParentWorkflowNamespace = start.ParentNamespace,
            ParentWorkflowExecution = start.Parent,
            ParentInitiatedEventId = start.ParentInitiatedId,
            RootWorkflowExecution = new WorkflowExecution { WorkflowId = state.RootWorkflowId, RunId = state.RootRunId },
            ContinuedExecutionRunId = start.ContinuedRunId,
            Initiator = start.Initiator,
            ContinuedFailure = start.ContinuedFailure,
            LastCompletionResult = start.LastResult,
            Priority = start.Priority,
        };
        return item;
    }
}
