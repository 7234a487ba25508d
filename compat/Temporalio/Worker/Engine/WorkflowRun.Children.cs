using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly Dictionary<long, ChildOperation> childrenByEvent = [];

    public Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions childOptions) =>
        Outbound.StartChildWorkflowAsync<TWorkflow, TResult>(new(workflow, args, childOptions, null));

    internal Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChild<TWorkflow, TResult>(StartChildWorkflowInput input)
    {
        var given = input.Options;
        var token = given.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<ChildWorkflowHandle<TWorkflow, TResult>>(
                new CanceledFailureException("Child cancelled before scheduled"));
        }

        var id = given.Id ?? Workflow.NewGuid().ToString();
        var context = new ISerializationContext.Workflow(Info.Namespace, id);
        var converter = options.DataConverter.PayloadConverter.With(context);
        var failureConverter = options.DataConverter.FailureConverter.With(context);
        var child = new ChildOperation(id, input.Workflow, given.CancellationType);
        child.Command = ChildCommands.Start(child.Id, input, Info, converter, e =>
        {
            child.InitiatedEventId = e.EventId;
            childrenByEvent[e.EventId] = child;
        });
        commands.Add(child.Command);
        var handleSource = new TaskCompletionSource<ChildWorkflowHandle<TWorkflow, TResult>>();
        _ = QueueTask(async () =>
        {
            using var registration = token.Register(() => CancelChild(child));
            var start = await child.Started.Task;
            if (start.Failure is { } failure)
            {
                handleSource.SetException(failure(failureConverter, converter));
                return;
            }

            var handle = new ChildWorkflowHandleImpl<TWorkflow, TResult>(this, converter, child.Id, start.RunId!);
            handleSource.SetResult(handle);
            var outcome = await child.Ended.Task;
            if (outcome.Failure == null)
            {
                handle.Ended.SetResult(outcome.Result);
            }
            else
            {
                handle.Ended.SetException(failureConverter.ToException(outcome.Failure, converter));

                // A child whose result nobody waits for may fail.
                _ = handle.Ended.Task.Exception;
            }
        });
        return handleSource.Task;
    }

    private void CancelChild(ChildOperation child)
    {
        if (child.CancelRequested || child.Ended.Task.IsCompleted)
        {
            return;
        }

        child.CancelRequested = true;
        if (commands.TryDrop(child.Command!))
        {
            followUps.Add(() => child.Started.TrySetResult(new(
                null, (failures, payloads) => failures.ToException(
                    ChildFailure(child, "Child Workflow execution cancelled before scheduled", RetryState.NonRetryableFailure, CanceledCause(null)),
                    payloads))));
            return;
        }

        // A child that has not started yet is named without its run id.
        if (child.CancellationType != ChildWorkflowCancellationType.Abandon)
        {
            var command = ChildCommands.Cancel(child.Id, child.RunId, Info, e => childCancelsByEvent[e.EventId] = child);
            commands.Add(command);
        }

        if (child.CancellationType is ChildWorkflowCancellationType.Abandon or ChildWorkflowCancellationType.TryCancel)
        {
            followUps.Add(() => child.Ended.TrySetResult(new(null, CanceledChild(child, null))));
        }
    }

    private static Failure CanceledCause(Payloads? details) =>
        new() { Message = "Child Workflow execution cancelled", CanceledFailureInfo = new() { Details = details } };

    private Failure CanceledChild(ChildOperation child, Payloads? details) =>
        ChildFailure(child, "Child Workflow execution cancelled", RetryState.NonRetryableFailure, CanceledCause(details));

    private Failure ChildFailure(ChildOperation child, string message, RetryState retryState, Failure? cause) => new()
    {
        Message = message,
        Cause = cause,
        ChildWorkflowExecutionFailureInfo = new()
        {
            Namespace = Info.Namespace,
            WorkflowExecution = new() { WorkflowId = child.Id, RunId = child.RunId },
            WorkflowType = new() { Name = child.Type },
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            RetryState = retryState,
        },
    };

    private bool HandleChild(HistoryEvent e, List<(int Order, Action Apply)> jobs)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes:
                var refused = e.StartChildWorkflowExecutionFailedEventAttributes;
                var unstarted = ChildOf(e, refused.InitiatedEventId);
                jobs.Add((OtherJob, () => unstarted.Started.TrySetResult(new(null, (_, _) => StartRefused(unstarted, refused)))));
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes:
                var startedChild = ChildOf(e, e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId);
                startedChild.StartedEventId = e.EventId;
                startedChild.RunId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                jobs.Add((OtherJob, () => Begin(startedChild)));
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                var completed = e.ChildWorkflowExecutionCompletedEventAttributes;
                EndChild(ChildOf(e, completed.InitiatedEventId), _ => new(completed.Result?.Payloads_.FirstOrDefault(), null), jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                var failed = e.ChildWorkflowExecutionFailedEventAttributes;
                EndChild(
                    ChildOf(e, failed.InitiatedEventId),
                    c => new(null, ChildFailure(c, "Child Workflow execution failed", failed.RetryState, failed.Failure)),
                    jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                var canceled = e.ChildWorkflowExecutionCanceledEventAttributes;
                EndChild(ChildOf(e, canceled.InitiatedEventId), c => new(null, CanceledChild(c, canceled.Details)), jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                var timedOut = e.ChildWorkflowExecutionTimedOutEventAttributes;
                var timeout = new Failure
                {
                    Message = "Child Workflow execution timed out",
                    TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose },
                };
                EndChild(
                    ChildOf(e, timedOut.InitiatedEventId),
                    c => new(null, ChildFailure(c, "Child Workflow execution timed out", timedOut.RetryState, timeout)),
                    jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                var terminated = new Failure { Message = "Child Workflow execution terminated", TerminatedFailureInfo = new() };
                EndChild(
                    ChildOf(e, e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId),
                    c => new(null, ChildFailure(c, "Child Workflow execution terminated", RetryState.NonRetryableFailure, terminated)),
                    jobs);
                return true;
            default:
                return false;
        }
    }

    private static Exception StartRefused(ChildOperation child, StartChildWorkflowExecutionFailedEventAttributes refused) =>
        refused.Cause == StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists
            ? new WorkflowAlreadyStartedException("Child workflow already started", child.Id, child.Type, "<unknown>")
            : new InvalidOperationException($"Child workflow {child.Id} could not be started: {refused.Cause}");

    // Official workers never tell the code of the start of a child whose cancellation has been its end already. Code that went on
    // here would do what they do not, and their histories would not replay.
    private static void Begin(ChildOperation child)
    {
        if (!child.Ended.Task.IsCompleted)
        {
            child.Started.TrySetResult(new(child.RunId, null));
        }
    }

    private static void EndChild(
        ChildOperation child, Func<ChildOperation, ActivityOutcome> outcome, List<(int Order, Action Apply)> jobs) =>
        jobs.Add((OtherJob, () => child.Ended.TrySetResult(outcome(child))));

    private ChildOperation ChildOf(HistoryEvent e, long initiatedEventId) =>
        childrenByEvent.GetValueOrDefault(initiatedEventId) ?? throw Unexpected(e, "child workflow");

    private sealed record ChildStart(string? RunId, Func<IFailureConverter, IPayloadConverter, Exception>? Failure);

    private sealed class ChildOperation(string id, string type, ChildWorkflowCancellationType cancellationType)
    {
        internal string Id { get; } = id;

        internal string Type { get; } = type;

        internal ChildWorkflowCancellationType CancellationType { get; } = cancellationType;

        internal TaskCompletionSource<ChildStart> Started { get; } = new();

        internal TaskCompletionSource<ActivityOutcome> Ended { get; } = new();

        internal PendingCommand? Command { get; set; }

        internal long InitiatedEventId { get; set; }

        internal long StartedEventId { get; set; }

        internal string RunId { get; set; } = string.Empty;

        internal bool CancelRequested { get; set; }
    }
}
