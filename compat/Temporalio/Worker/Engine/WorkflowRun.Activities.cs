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

internal sealed partial class WorkflowRun
{
    private readonly Dictionary<long, ActivityOperation> activitiesByEvent = [];
    private long activitySeq;

    public Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions activityOptions) =>
        Outbound.ScheduleActivityAsync<TResult>(new(activity, args, activityOptions, null));

    internal Task<TResult> ScheduleActivity<TResult>(ScheduleActivityInput input)
    {
        var given = input.Options;
        RequireTimeout(given.StartToCloseTimeout, given.ScheduleToCloseTimeout, input.Activity);
        var token = given.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<TResult>(new CanceledFailureException("Activity cancelled before scheduled"));
        }

        var taskQueue = given.TaskQueue ?? Info.TaskQueue;
        var context = ActivityContext(given.ActivityId, input.Activity, taskQueue, local: false);
        var converter = options.DataConverter.PayloadConverter.With(context);
        var seq = ++activitySeq;
        var activity = new ActivityOperation(
            given.ActivityId ?? seq.ToString(CultureInfo.InvariantCulture), input.Activity, given.CancellationType);
        activity.Command = new(
            new()
            {
                CommandType = CommandType.ScheduleActivityTask,
                ScheduleActivityTaskCommandAttributes = new()
                {
                    ActivityId = activity.Id,
                    ActivityType = new() { Name = input.Activity },
                    TaskQueue = new() { Name = taskQueue },
                    Header = input.Headers.ToHeader(),
                    Input = converter.ToPayloads(input.Args, nullIfEmpty: true),
                    ScheduleToCloseTimeout = given.ScheduleToCloseTimeout.ToDuration(),
                    ScheduleToStartTimeout = given.ScheduleToStartTimeout.ToDuration(),
                    StartToCloseTimeout = given.StartToCloseTimeout.ToDuration(),
                    HeartbeatTimeout = given.HeartbeatTimeout.ToDuration(),
                    RetryPolicy = given.RetryPolicy?.ToProto(),
                    RequestEagerExecution = options.EagerActivities && !given.DisableEagerActivityExecution && taskQueue == options.TaskQueue,
                    Priority = given.Priority?.ToProto(),
                },
                UserMetadata = given.Summary == null ? null : new() { Summary = converter.ToPayload(given.Summary) },
            },
            EventType.ActivityTaskScheduled,
            $"ScheduleActivityTask (activity {activity.Id} of type {activity.Type})")
        {
            OnEvent = e =>
            {
                activity.ScheduledEventId = e.EventId;
                activitiesByEvent[e.EventId] = activity;
            },
            Differs = e =>
            {
                var scheduled = e.ActivityTaskScheduledEventAttributes;
                return scheduled.ActivityId == activity.Id && scheduled.ActivityType.Name == activity.Type
                    ? null
                    : "the activity's id or type differs";
            },
        };
        commands.Add(activity.Command);
        return QueueTask(async () =>
        {
            ActivityOutcome outcome;
            using (token.Register(() => CancelActivity(activity)))
            {
                outcome = await activity.Ended.Task;
            }

            return ResultOf<TResult>(outcome, converter, context);
        });
    }

    private static void RequireTimeout(TimeSpan? startToClose, TimeSpan? scheduleToClose, string activity)
    {
        if (startToClose == null && scheduleToClose == null)
        {
            throw new ArgumentException($"Activity {activity} needs StartToCloseTimeout or ScheduleToCloseTimeout in its options");
        }
    }

    private ISerializationContext.Activity ActivityContext(string? id, string type, string taskQueue, bool local) =>
        new(Info.Namespace, id, Info.WorkflowId, Info.WorkflowType, type, taskQueue, local);

    private TResult ResultOf<TResult>(ActivityOutcome outcome, IPayloadConverter converter, ISerializationContext context)
    {
        if (outcome.Failure is { } failure)
        {
            throw options.DataConverter.FailureConverter.With(context).ToException(failure, converter);
        }

        return typeof(TResult) == typeof(ValueTuple) || outcome.Result == null
            ? default!
            : converter.ToValue<TResult>(outcome.Result);
    }

    private void CancelActivity(ActivityOperation activity)
    {
        if (activity.Ended.Task.IsCompleted || activity.CancelRequested)
        {
            return;
        }

        activity.CancelRequested = true;
        if (commands.TryDrop(activity.Command!))
        {
            followUps.Add(() => activity.Ended.TrySetResult(new(null, Canceled(activity, null))));
            return;
        }

        if (activity.CancellationType != ActivityCancellationType.Abandon)
        {
            commands.Add(new(
                new()
                {
                    CommandType = CommandType.RequestCancelActivityTask,
                    RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = activity.ScheduledEventId },
                },
                EventType.ActivityTaskCancelRequested,
                $"RequestCancelActivityTask (activity {activity.Id})"));
        }

        if (activity.CancellationType != ActivityCancellationType.WaitCancellationCompleted)
        {
            followUps.Add(() => activity.Ended.TrySetResult(new(null, Canceled(activity, null))));
        }
    }

    private static Failure Canceled(ActivityOperation activity, Payloads? details) => ActivityFailure(
        activity,
        "Activity cancelled",
        RetryState.CancelRequested,
        new() { Message = "Activity cancelled", CanceledFailureInfo = new() { Details = details } });

    private static Failure ActivityFailure(ActivityOperation activity, string message, RetryState retryState, Failure? cause) => new()
    {
        Message = message,
        Cause = cause,
        ActivityFailureInfo = new()
        {
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = activity.StartedEventId,
            Identity = activity.Identity,
            ActivityType = new() { Name = activity.Type },
            ActivityId = activity.Id,
            RetryState = retryState,
        },
    };

    private bool HandleTimerOrActivity(HistoryEvent e, List<(int Order, Action Apply)> jobs)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes:
                var timer = timersByEvent.GetValueOrDefault(e.TimerFiredEventAttributes.StartedEventId)
                    ?? throw Unexpected(e, "timer");
                jobs.Add((OtherJob, () => timer.Fired.TrySetResult()));
                return true;
            case HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes:
                var begun = ActivityOf(e, e.ActivityTaskStartedEventAttributes.ScheduledEventId);
                begun.StartedEventId = e.EventId;
                begun.Identity = e.ActivityTaskStartedEventAttributes.Identity;
                return true;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                var completed = e.ActivityTaskCompletedEventAttributes;
                End(ActivityOf(e, completed.ScheduledEventId), new(completed.Result?.Payloads_.FirstOrDefault(), null), jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                var failed = e.ActivityTaskFailedEventAttributes;
                var failing = ActivityOf(e, failed.ScheduledEventId);
                End(failing, new(null, ActivityFailure(failing, "Activity task failed", failed.RetryState, failed.Failure)), jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                var timedOut = e.ActivityTaskTimedOutEventAttributes;
                var late = ActivityOf(e, timedOut.ScheduledEventId);
                End(late, new(null, ActivityFailure(late, "Activity task timed out", timedOut.RetryState, timedOut.Failure)), jobs);
                return true;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                var canceled = ActivityOf(e, e.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                End(canceled, new(null, Canceled(canceled, e.ActivityTaskCanceledEventAttributes.Details)), jobs);
                return true;
            default:
                return false;
        }
    }

    // An activity that was cancelled without waiting has its outcome already; its end changes nothing.
    private static void End(ActivityOperation activity, ActivityOutcome outcome, List<(int Order, Action Apply)> jobs) =>
        jobs.Add((OtherJob, () => activity.Ended.TrySetResult(outcome)));

    private ActivityOperation ActivityOf(HistoryEvent e, long scheduledEventId) =>
        activitiesByEvent.GetValueOrDefault(scheduledEventId) ?? throw Unexpected(e, "activity");

    private sealed class ActivityOperation(string id, string type, ActivityCancellationType cancellationType)
    {
        internal string Id { get; } = id;

        internal string Type { get; } = type;

        internal ActivityCancellationType CancellationType { get; } = cancellationType;

        internal TaskCompletionSource<ActivityOutcome> Ended { get; } = new();

        internal PendingCommand? Command { get; set; }

        internal long ScheduledEventId { get; set; }

        internal long StartedEventId { get; set; }

        internal string Identity { get; set; } = string.Empty;

        internal bool CancelRequested { get; set; }
    }
}
