using Temporalio.Api.Command.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Engine;

/// <summary>Commands in the order in which their events must appear in history.</summary>
internal sealed class CommandQueue
{
    private readonly LinkedList<PendingCommand> pending = new();
    private bool skipVersionUpsert;
    private int terminalNumber;

    internal PendingCommand? Terminal { get; private set; }

    /// <summary>Gets how many commands were ever issued, to notice code that must not issue any.</summary>
    internal int Issued { get; private set; }

    internal void Add(PendingCommand command)
    {
        command.Number = ++Issued;
        pending.AddLast(command);
    }

    internal void SetTerminal(PendingCommand command)
    {
        Issued++;
        if (Terminal == null)
        {
            Terminal = command;
            terminalNumber = Issued;
        }
    }

    internal void FailWith(PendingCommand command)
    {
        pending.Clear();
        Terminal = command;
    }

    /// <summary>Takes back a command that was issued since the last completed workflow task.</summary>
    internal bool TryDrop(PendingCommand command) => !command.Sent && pending.Remove(command);

    /// <summary>
    /// Ends a workflow task: what was issued in it now waits for its events. The command that ends the run comes last; without
    /// <paramref name="terminalLast"/>, as workers did before that flag, what was issued after it is dropped instead.
    /// </summary>
    internal List<Command> Seal(bool terminalLast = true)
    {
        if (Terminal is { Sent: false })
        {
            foreach (var late in terminalLast ? [] : pending.Where(c => !c.Sent && c.Number > terminalNumber).ToList())
            {
                pending.Remove(late);
            }

            pending.AddLast(Terminal);
        }

        var fresh = new List<Command>();
        foreach (var command in pending)
        {
            if (!command.Sent)
            {
                command.Sent = true;
                fresh.Add(command.Command);
            }
        }

        return fresh;
    }

    internal bool HasUnsent => Terminal is { Sent: false } || pending.Any(c => !c.Sent);

    internal void Match(HistoryEvent e, bool compareIds)
    {
        if (skipVersionUpsert && VersionAttributes.IsVersionUpsert(e))
        {
            skipVersionUpsert = false;
            return;
        }

        skipVersionUpsert = false;
        var node = pending.First;
        if (LocalActivityMarker.TryReadSeq(e, out var seq))
        {
            // Results of local activities may have been recorded in another order than they are asked for here.
            while (node != null && node.Value.LocalActivitySeq != seq)
            {
                node = node.Next;
            }

            node ??= pending.First;
        }

        if (PatchMarker.TryRead(e, out var patchId, out var deprecated) && deprecated && node?.Value.PatchId != patchId)
        {
            // A deprecated patch may be removed from the code at any time, and its version upsert goes with it.
            skipVersionUpsert = true;
            return;
        }

        if (node == null)
        {
            throw new WorkflowNondeterminismException(
                $"Nondeterminism: history has {Describe(e)}, but the workflow code issued no command for it");
        }

        var command = node.Value;
        if (command.Expected != e.EventType)
        {
            throw new WorkflowNondeterminismException(
                $"Nondeterminism: history has {Describe(e)}, but the workflow code issued {command.Description} at that point");
        }

        if ((compareIds || command.PatchId != null || command.LocalActivitySeq != null) && command.Differs?.Invoke(e) is { } difference)
        {
            throw new WorkflowNondeterminismException(
                $"Nondeterminism: history has {Describe(e)}, but the workflow code issued {command.Description}: {difference}");
        }

        pending.Remove(node);
        command.OnEvent?.Invoke(e);
    }

    internal void RequireAllMatched(HistoryEvent? next)
    {
        var left = pending.FirstOrDefault(c => c.Sent);
        if (left != null)
        {
            throw new WorkflowNondeterminismException(
                $"Nondeterminism: the workflow code issued {left.Description}, but history goes on with " +
                $"{(next == null ? "nothing" : Describe(next))} instead of its {left.Expected} event");
        }
    }

    internal static string Describe(HistoryEvent e)
    {
        var detail = e.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes =>
                $" of activity {e.ActivityTaskScheduledEventAttributes.ActivityId} ({e.ActivityTaskScheduledEventAttributes.ActivityType?.Name})",
            HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes => $" of timer {e.TimerStartedEventAttributes.TimerId}",
            HistoryEvent.AttributesOneofCase.MarkerRecordedEventAttributes => $" of marker {e.MarkerRecordedEventAttributes.MarkerName}",
            HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes =>
                $" of child workflow {e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId} ({e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType?.Name})",
            _ => string.Empty,
        };
        return $"event {e.EventId} {e.EventType}{detail}";
    }
}
