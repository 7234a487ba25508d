using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Engine;

internal static class TimerRules
{
    public static void Start(CommandContext context, StartTimerCommandAttributes command)
    {
        var state = context.Transition.State;
        if (command.TimerId.Length == 0)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadStartTimerAttributes, "TimerId is not set on StartTimerCommand.");
        }

        Lengths.Check(context, "TimerId on StartTimerCommand", command.TimerId, WorkflowTaskFailedCause.BadStartTimerAttributes);
        if (command.StartToFireTimeout.Span() <= TimeSpan.Zero)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadStartTimerAttributes, $"An invalid StartToFireTimeout is set on StartTimerCommand. TimerId={command.TimerId}");
        }

        if (state.Timers.ContainsKey(command.TimerId))
        {
            throw new CommandException(WorkflowTaskFailedCause.StartTimerDuplicateId, $"A timer with id {command.TimerId} is already running.");
        }

        var item = context.Create(EventType.TimerStarted);
        item.TimerStartedEventAttributes = new TimerStartedEventAttributes
        {
            TimerId = command.TimerId,
            StartToFireTimeout = command.StartToFireTimeout,
            WorkflowTaskCompletedEventId = context.CompletedId,
        };
        context.Transition.Append(item);
        state.Timers.Add(command.TimerId, new TimerState
        {
            TimerId = command.TimerId,
            StartedId = item.EventId,
            FireAt = context.Transition.Now + command.StartToFireTimeout.Span(),
        });
    }

    public static void Cancel(CommandContext context, CancelTimerCommandAttributes command)
    {
        var state = context.Transition.State;
        Lengths.Check(context, "TimerId on CancelTimerCommand", command.TimerId, WorkflowTaskFailedCause.BadCancelTimerAttributes);
        long startedId;
        if (state.Timers.Remove(command.TimerId, out var timer))
        {
            startedId = timer.StartedId;
        }
        else
        {
            // It fired while the worker was deciding: the workflow never learns of that.
            var fired = state.Buffer.Find(item => item.TimerFiredEventAttributes is { } attributes && attributes.TimerId == command.TimerId)
                ?? throw new CommandException(WorkflowTaskFailedCause.BadCancelTimerAttributes, $"There is no timer with id {command.TimerId}.");
            state.Buffer.Remove(fired);
            context.HadBufferedEvents &= state.Buffer.Count > 0;
            startedId = fired.TimerFiredEventAttributes.StartedEventId;
        }

        var item = context.Create(EventType.TimerCanceled);
        item.TimerCanceledEventAttributes = new TimerCanceledEventAttributes
        {
            TimerId = command.TimerId,
            StartedEventId = startedId,
            WorkflowTaskCompletedEventId = context.CompletedId,
            Identity = context.Identity,
        };
        context.Transition.Append(item);
    }

    public static void Fire(Transition transition, TimerState timer)
    {
        transition.State.Timers.Remove(timer.TimerId);
        var item = transition.Create(EventType.TimerFired);
        item.TimerFiredEventAttributes = new TimerFiredEventAttributes { TimerId = timer.TimerId, StartedEventId = timer.StartedId };
        transition.Record(item);
        WorkflowTasks.Ensure(transition);
    }
}
