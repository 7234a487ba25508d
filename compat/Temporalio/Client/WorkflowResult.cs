using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>Waits for a workflow's close event and turns it into a result or an exception.</summary>
internal static class WorkflowResult
{
    internal static async Task<TResult> WaitAsync<TResult>(WorkflowHandle handle, bool followRuns, RpcOptions? rpcOptions)
    {
        var converter = handle.Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(handle.Client.Options.Namespace, handle.Id));
        var runId = handle.ResultRunId;
        while (true)
        {
            var closed = await CloseEventAsync(handle, runId, rpcOptions);
            var next = NextRunId(closed);
            if (followRuns && next.Length > 0)
            {
                runId = next;
                continue;
            }

            if (closed.EventType == EventType.WorkflowExecutionCompleted)
            {
                return await converter.ToResultAsync<TResult>(closed.WorkflowExecutionCompletedEventAttributes.Result);
            }

            if (closed.EventType == EventType.WorkflowExecutionContinuedAsNew)
            {
                throw new WorkflowContinuedAsNewException(next);
            }

            throw new WorkflowFailedException(await FailureAsync(closed, converter));
        }
    }

    private static async Task<HistoryEvent> CloseEventAsync(WorkflowHandle handle, string? runId, RpcOptions? rpcOptions)
    {
        byte[]? token = null;
        do
        {
            var page = await handle.Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
                handle.Id, runId, null, token, true, HistoryEventFilterType.CloseEvent, true, rpcOptions));
            if (page.Events.LastOrDefault() is { } closed)
            {
                return closed;
            }

            token = page.NextPageToken;
        }
        while (token != null);

        throw new InvalidOperationException($"The server ended the wait for workflow '{handle.Id}' without its close event.");
    }

    private static string NextRunId(HistoryEvent closed) => closed.EventType switch
    {
        EventType.WorkflowExecutionCompleted => closed.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionFailed => closed.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionTimedOut => closed.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionContinuedAsNew => closed.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        _ => string.Empty,
    };

    private static async Task<Exception> FailureAsync(HistoryEvent closed, DataConverter converter)
    {
        switch (closed.EventType)
        {
            case EventType.WorkflowExecutionFailed:
                return await converter.ToExceptionAsync(closed.WorkflowExecutionFailedEventAttributes.Failure);
            case EventType.WorkflowExecutionCanceled:
                return await converter.ToExceptionAsync(new()
                {
                    Message = "Workflow canceled",
                    CanceledFailureInfo = new() { Details = closed.WorkflowExecutionCanceledEventAttributes.Details },
                });
            case EventType.WorkflowExecutionTimedOut:
                return await converter.ToExceptionAsync(new()
                {
                    Message = "Workflow timed out",
                    TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose },
                });
            case EventType.WorkflowExecutionTerminated:
                return await TerminatedAsync(closed.WorkflowExecutionTerminatedEventAttributes, converter);
            default:
                throw new InvalidOperationException($"The server sent {closed.EventType} as close event.");
        }
    }

    private static async Task<Exception> TerminatedAsync(
        WorkflowExecutionTerminatedEventAttributes attributes, DataConverter converter)
    {
        IReadOnlyCollection<Payload>? details = attributes.Details?.Payloads_;
        if (details is { Count: > 0 } && converter.PayloadCodec != null)
        {
            details = await converter.PayloadCodec.DecodeAsync(details);
        }

        return new TerminatedFailureException(
            new Failure
            {
                Message = attributes.Reason.Length > 0 ? attributes.Reason : "Workflow terminated",
                TerminatedFailureInfo = new() { Identity = attributes.Identity },
            },
            null,
            details == null ? null : new(converter.PayloadConverter, details));
    }
}
