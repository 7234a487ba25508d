using Microsoft.Extensions.Logging;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly HandlerDictionary<WorkflowSignalDefinition> signals;
    private readonly List<WorkflowExecutionSignaledEventAttributes> bufferedSignals = [];
    private readonly LinkedList<RunningHandler> runningHandlers = new();
    private WorkflowSignalDefinition? dynamicSignal;

    public bool AllHandlersFinished => runningHandlers.Count == 0;

    public IDictionary<string, WorkflowSignalDefinition> Signals => signals;

    public WorkflowSignalDefinition? DynamicSignal
    {
        get => dynamicSignal;
        set
        {
            AssertHandlersMayChange();
            if (value is { Dynamic: false })
            {
                throw new ArgumentException($"Signal {value.Name} is not dynamic");
            }

            dynamicSignal = value;
            if (value != null)
            {
                ReleaseSignals(s => !HandlerNames.IsReserved(s.SignalName));
            }
        }
    }

    private WorkflowSignalDefinition? SignalHandler(string name) => signals.TryGetValue(name, out var named)
        ? named
        : HandlerNames.IsReserved(name) ? null : dynamicSignal;

    private void ApplySignal(WorkflowExecutionSignaledEventAttributes signal)
    {
        if (SignalHandler(signal.SignalName) is not { } handler)
        {
            bufferedSignals.Add(signal);
            return;
        }

        _ = QueueTask(() => RunTopLevelAsync(async () =>
        {
            object?[] args;
            try
            {
                args = DecodeArgs(
                    handler.SignatureMethod, signal.Input.OrEmpty(), $"Signal {signal.SignalName}", handler.Dynamic, signal.SignalName);
            }
            catch (InvalidOperationException e)
            {
                Logger.LogError(e, "Signal {Signal} of workflow {WorkflowId} is dropped: its arguments cannot be decoded", signal.SignalName, Info.WorkflowId);
                return;
            }

            var running = runningHandlers.AddLast(new RunningHandler(signal.SignalName, null, handler.UnfinishedPolicy));
            try
            {
                await Interceptors.Inbound.HandleSignalAsync(new(signal.SignalName, handler, args, signal.Header.ToFields()));
            }
            finally
            {
                runningHandlers.Remove(running);
            }
        }));
    }

    private void OnSignalAdded(string name, WorkflowSignalDefinition added)
    {
        HandlerDictionary.RequireName(name, added.Name, "signal");
        ReleaseSignals(s => s.SignalName == name);
    }

    private void ReleaseSignals(Predicate<WorkflowExecutionSignaledEventAttributes> isHandled)
    {
        var released = bufferedSignals.FindAll(isHandled);
        bufferedSignals.RemoveAll(isHandled);
        released.ForEach(ApplySignal);
    }

    private sealed record RunningHandler(string Name, string? UpdateId, HandlerUnfinishedPolicy Policy);
}
