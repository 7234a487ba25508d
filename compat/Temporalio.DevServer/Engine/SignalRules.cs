using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

internal static class SignalRules
{
    /// <summary>Repetitions come soon; more ids would only make every transition of a much signalled workflow larger.</summary>
    private const int RememberedRequests = 512;

    /// <summary>Writes a signal, once per request id. True when something changed.</summary>
    public static bool Signal(
        Transition transition,
        string name,
        Payloads? input,
        Header? header,
        string identity,
        string requestId,
        WorkflowExecution? external = null,
        bool withStart = false)
    {
        var state = transition.State;
        if (requestId.Length > 0)
        {
            if (state.RequestIds.Contains(requestId))
            {
                return false;
            }

            if (state.RequestIds.Count == RememberedRequests)
            {
                state.RequestIds.RemoveAt(0);
            }

            state.RequestIds.Add(requestId);
        }

        if (++state.SignalCount > transition.Engine.Limits.Signals)
        {
            throw GrpcException.InvalidArgument("exceeded workflow execution limit for signal events");
        }

        var item = transition.Create(EventType.WorkflowExecutionSignaled);
        item.WorkflowExecutionSignaledEventAttributes = new WorkflowExecutionSignaledEventAttributes
        {
            SignalName = name,
            Input = input,
            Identity = identity,
            Header = header,
            ExternalWorkflowExecution = external,
        };
        transition.Record(item);
        if (state.Backoff == StartBackoff.Delay || (withStart && state.Backoff == StartBackoff.SignalWithStartDelay))
        {
            state.Backoff = StartBackoff.None;
            state.FirstTaskAt = null;
        }

        WorkflowTasks.Ensure(transition);
        return true;
    }

    /// <summary>Asks a run to cancel itself; further requests change nothing. True when something changed.</summary>
    public static bool RequestCancel(
        Transition transition, string reason, string identity, WorkflowExecution? external = null, long externalInitiatedId = 0)
    {
        var state = transition.State;
        if (state.CancelRequested)
        {
            return false;
        }

        state.CancelRequested = true;
        var item = transition.Create(EventType.WorkflowExecutionCancelRequested);
        item.WorkflowExecutionCancelRequestedEventAttributes = new WorkflowExecutionCancelRequestedEventAttributes
        {
            Cause = reason,
            Identity = identity,
            ExternalWorkflowExecution = external,
            ExternalInitiatedEventId = externalInitiatedId,
        };
        transition.Record(item);
        WorkflowTasks.Ensure(transition);
        return true;
    }
}
