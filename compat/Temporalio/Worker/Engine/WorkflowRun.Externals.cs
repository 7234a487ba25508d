using System.Globalization;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

// Signals to and cancellations of other workflows.
internal sealed partial class WorkflowRun
{
    private readonly Dictionary<long, ExternalOperation> signalsByEvent = [];
    private readonly Dictionary<long, ExternalOperation> cancelsByEvent = [];
    private readonly Dictionary<long, ChildOperation> childCancelsByEvent = [];
    private long externalSignalSeq;
    private long externalCancelSeq;

    public ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId) =>
        new ExternalWorkflowHandleImpl<TWorkflow>(this, id, runId);

    internal Task SignalChild(SignalChildWorkflowInput input) =>
        SendSignal(input.Id, null, input.Signal, input.Args, input.Headers, input.Options?.CancellationToken, childOnly: true);

    internal Task SignalExternal(SignalExternalWorkflowInput input) =>
        SendSignal(input.Id, input.RunId, input.Signal, input.Args, input.Headers, input.Options?.CancellationToken, childOnly: false);

    internal Task CancelExternal(CancelExternalWorkflowInput input)
    {
        var operation = new ExternalOperation(input.Id);
        commands.Add(ChildCommands.Cancel(
            input.Id,
            input.RunId,
            Info,
            (++externalCancelSeq).ToString(CultureInfo.InvariantCulture),
            e => cancelsByEvent[e.EventId] = operation));
        return QueueTask(async () => ThrowIfFailed(await operation.Ended.Task, input.Id));
    }

    private Task SendSignal(
        string id,
        string? runId,
        string signal,
        IReadOnlyCollection<object?> args,
        IDictionary<string, Payload>? headers,
        CancellationToken? cancellationToken,
        bool childOnly)
    {
        var token = cancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException(new CanceledFailureException("Signal cancelled before scheduled"));
        }

        var converter = options.DataConverter.PayloadConverter.With(new ISerializationContext.Workflow(Info.Namespace, id));
        var operation = new ExternalOperation(id);
        operation.Command = new(
            new()
            {
                CommandType = CommandType.SignalExternalWorkflowExecution,
                SignalExternalWorkflowExecutionCommandAttributes = new()
                {
                    Namespace = Info.Namespace,
                    Execution = new() { WorkflowId = id, RunId = runId ?? string.Empty },
                    SignalName = signal,
                    Input = converter.ToPayloads(args, nullIfEmpty: true),
                    Header = headers.ToHeader(),
                    Control = (++externalSignalSeq).ToString(CultureInfo.InvariantCulture),
                    ChildWorkflowOnly = childOnly,
                },
            },
            EventType.SignalExternalWorkflowExecutionInitiated,
            $"SignalExternalWorkflowExecution (signal {signal} to workflow {id})")
        {
            OnEvent = e => signalsByEvent[e.EventId] = operation,
        };
        commands.Add(operation.Command);
        return QueueTask(async () =>
        {
            using var registration = token.Register(() =>
            {
                // Once sent, a signal cannot be taken back.
                if (!operation.Ended.Task.IsCompleted && commands.TryDrop(operation.Command))
                {
                    followUps.Add(() => operation.Ended.TrySetResult(new()
                    {
                        Message = "Signal was cancelled before being sent",
                        CanceledFailureInfo = new(),
                    }));
                }
            });
            ThrowIfFailed(await operation.Ended.Task, id);
        });
    }

    private void ThrowIfFailed(Failure? failure, string id)
    {
        if (failure == null)
        {
            return;
        }

        var context = new ISerializationContext.Workflow(Info.Namespace, id);
        throw options.DataConverter.FailureConverter.With(context)
            .ToException(failure, options.DataConverter.PayloadConverter.With(context));
    }

    private bool HandleChildOrExternal(HistoryEvent e, List<(int Order, Action Apply)> jobs)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes:
                EndExternal(signalsByEvent, e, e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId, null, jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes:
                var unsignaled = e.SignalExternalWorkflowExecutionFailedEventAttributes;
                EndExternal(
                    signalsByEvent,
                    e,
                    unsignaled.InitiatedEventId,
                    Unreachable("signal", unsignaled.WorkflowExecution?.WorkflowId, unsignaled.Cause.ToString()),
                    jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes:
                var initiated = e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId;
                if (childCancelsByEvent.TryGetValue(initiated, out var child))
                {
                    if (child.CancellationType == ChildWorkflowCancellationType.WaitCancellationRequested)
                    {
                        EndChild(child, c => new(null, CanceledChild(c, null)), jobs);
                    }
                }
                else
                {
                    EndExternal(cancelsByEvent, e, initiated, null, jobs);
                }

                return true;
            case HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes:
                var uncanceled = e.RequestCancelExternalWorkflowExecutionFailedEventAttributes;
                if (!childCancelsByEvent.ContainsKey(uncanceled.InitiatedEventId))
                {
                    EndExternal(
                        cancelsByEvent,
                        e,
                        uncanceled.InitiatedEventId,
                        Unreachable("cancel", uncanceled.WorkflowExecution?.WorkflowId, uncanceled.Cause.ToString()),
                        jobs);
                }

                return true;
            default:
                return HandleChild(e, jobs);
        }
    }

    private static Failure Unreachable(string what, string? id, string cause) => new()
    {
        Message = $"Unable to {what} external workflow {id}: {cause}",
        ApplicationFailureInfo = new() { Type = cause },
    };

    private static void EndExternal(
        Dictionary<long, ExternalOperation> operations,
        HistoryEvent e,
        long initiatedEventId,
        Failure? failure,
        List<(int Order, Action Apply)> jobs)
    {
        if (!operations.Remove(initiatedEventId, out var operation))
        {
            throw Unexpected(e, "external workflow operation");
        }

        jobs.Add((OtherJob, () => operation.Ended.TrySetResult(failure)));
    }

    private sealed class ExternalOperation(string workflowId)
    {
        internal string WorkflowId { get; } = workflowId;

        internal TaskCompletionSource<Failure?> Ended { get; } = new();

        internal PendingCommand? Command { get; set; }
    }
}
