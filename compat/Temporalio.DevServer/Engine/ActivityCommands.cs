using System.Text;
using Temporalio.Api.Command.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Engine;

internal static class ActivityCommands
{
    /// <summary>The details of an activity that was cancelled before a worker had it.</summary>
    private static readonly Payloads NotStarted = new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFrom("\"ACTIVITY_ID_NOT_STARTED\"", Encoding.UTF8),
            },
        },
    };

    public static void Schedule(CommandContext context, ScheduleActivityTaskCommandAttributes command)
    {
        var state = context.State;
        Check(context, command);
        CheckRoom(context, command);
        var runTimeout = state.RunExpiration is { } end ? end - context.Transition.Now : TimeSpan.Zero;
        var (toClose, toStart, close, heartbeat) = Timeouts(command, runTimeout);
        var queue = command.TaskQueue?.Name is { Length: > 0 } name ? name : state.TaskQueue;
        var item = context.Create(EventType.ActivityTaskScheduled);
        var retry = RetryRules.Normalize(command.RetryPolicy);
        item.ActivityTaskScheduledEventAttributes = new ActivityTaskScheduledEventAttributes
        {
            ActivityId = command.ActivityId,
            ActivityType = command.ActivityType,
            TaskQueue = new TaskQueue { Name = queue, Kind = TaskQueueKind.Normal },
            Header = command.Header,
            Input = command.Input,
            ScheduleToCloseTimeout = toClose.Proto(),
            ScheduleToStartTimeout = toStart.Proto(),
            StartToCloseTimeout = close.Proto(),
            HeartbeatTimeout = heartbeat.Proto(),
            WorkflowTaskCompletedEventId = context.CompletedId,
            RetryPolicy = retry,
            Priority = command.Priority,
        };
        context.Transition.Append(item);
        state.Activities.Add(item.EventId, new ActivityState
        {
            ScheduledId = item.EventId,
            ActivityId = command.ActivityId,
            Type = command.ActivityType.Name,
            TaskQueue = queue,
            ScheduleToClose = toClose,
            ScheduleToStart = toStart,
            StartToClose = close,
            Heartbeat = heartbeat,
            Retry = retry,
            FirstScheduled = context.Transition.Now,
            AttemptScheduled = context.Transition.Now,
            Stamp = state.NextStamp++,
        });
    }

    public static void RequestCancel(CommandContext context, RequestCancelActivityTaskCommandAttributes command)
    {
        var state = context.State;
        var scheduledId = command.ScheduledEventId;
        if (!state.Activities.TryGetValue(scheduledId, out var activity))
        {
            // It may have ended while the worker was deciding; the end waits in the buffer or is known already.
            if (scheduledId <= 0 || scheduledId >= state.NextEventId ||
                context.Transition.Event(scheduledId).EventType != EventType.ActivityTaskScheduled)
            {
                throw new CommandException(
                    WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, $"There is no activity with scheduled event id {scheduledId}.");
            }
        }

        var item = context.Create(EventType.ActivityTaskCancelRequested);
        item.ActivityTaskCancelRequestedEventAttributes = new ActivityTaskCancelRequestedEventAttributes
        {
            ScheduledEventId = scheduledId,
            WorkflowTaskCompletedEventId = context.CompletedId,
        };
        context.Transition.Append(item);
        if (activity is null)
        {
            return;
        }

        activity.CancelRequestedId = item.EventId;
        if (activity.Started is null)
        {
            ActivityRules.Cancel(context.Transition, activity, NotStarted, context.Identity);
        }
    }

    private static void Check(CommandContext context, ScheduleActivityTaskCommandAttributes command)
    {
        string? problem = null;
        var limits = context.Transition.Engine.Limits;
        if (command.ActivityId.Length == 0)
        {
            problem = "ActivityId is not set on ScheduleActivityTaskCommand.";
        }
        else if (command.ActivityType is null || command.ActivityType.Name.Length == 0)
        {
            problem = $"ActivityType is not set on ScheduleActivityTaskCommand. ActivityId={command.ActivityId}";
        }
        else if (command.ActivityId.Length > limits.IdLength || command.ActivityType.Name.Length > limits.IdLength || command.TaskQueue?.Name.Length > limits.IdLength)
        {
            problem = $"ActivityId, ActivityType or TaskQueue exceeds the length limit of {limits.IdLength}.";
        }
        else if (command.ScheduleToCloseTimeout.Span() == TimeSpan.Zero && command.StartToCloseTimeout.Span() == TimeSpan.Zero)
        {
            problem = $"A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ActivityId={command.ActivityId} ActivityType={command.ActivityType.Name}";
        }
        else if (RetryRules.Problem(command.RetryPolicy) is { } retry)
        {
            problem = $"{retry} ActivityId={command.ActivityId} ActivityType={command.ActivityType.Name}";
        }

        if (problem is not null)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadScheduleActivityAttributes, problem);
        }
    }

    private static void CheckRoom(CommandContext context, ScheduleActivityTaskCommandAttributes command)
    {
        CommandSizes.Check(
            context, command.Input, WorkflowTaskFailedCause.BadScheduleActivityAttributes, "ScheduleActivityTaskCommandAttributes.Input");
        PendingLimits.Check(
            context.State.Activities.Count, context.Transition.Engine.Limits.PendingActivities, "activities", WorkflowTaskFailedCause.PendingActivitiesLimitExceeded);
        if (context.State.FindActivity(command.ActivityId) is not null)
        {
            throw new CommandException(
                WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"An activity with id {command.ActivityId} is already pending.");
        }
    }

    private static (TimeSpan ToClose, TimeSpan ToStart, TimeSpan Close, TimeSpan Heartbeat) Timeouts(
        ScheduleActivityTaskCommandAttributes command, TimeSpan runTimeout)
    {
        var toClose = command.ScheduleToCloseTimeout.Span();
        var toStart = command.ScheduleToStartTimeout.Span();
        var close = command.StartToCloseTimeout.Span();
        var heartbeat = command.HeartbeatTimeout.Span();
        if (toClose > TimeSpan.Zero)
        {
            toStart = toStart == TimeSpan.Zero ? toClose : Smaller(toStart, toClose);
            close = close == TimeSpan.Zero ? toClose : Smaller(close, toClose);
        }
        else
        {
            toClose = runTimeout;
            toStart = toStart == TimeSpan.Zero ? runTimeout : toStart;
        }

        return (Smaller(toClose, runTimeout), Smaller(toStart, runTimeout), Smaller(close, runTimeout), Smaller(heartbeat, Smaller(close, runTimeout)));
    }

    /// <summary>The smaller of a value and a cap; a cap of zero caps nothing, and zero stays zero.</summary>
    private static TimeSpan Smaller(TimeSpan value, TimeSpan cap) => cap > TimeSpan.Zero && value > cap ? cap : value;
}
