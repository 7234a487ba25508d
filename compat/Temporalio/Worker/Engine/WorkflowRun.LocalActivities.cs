using System.Globalization;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly Dictionary<long, LocalActivityOperation> localActivities = [];
    private readonly List<LocalActivityMarker> recordedLocalActivities = [];

    internal bool HasOpenLocalActivities => localActivities.Count > 0;

    public Task<TResult> ExecuteLocalActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions activityOptions) =>
        Outbound.ScheduleLocalActivityAsync<TResult>(new(activity, args, activityOptions, null));

    internal Task<TResult> ScheduleLocalActivity<TResult>(ScheduleLocalActivityInput input)
    {
        var given = input.Options;
        RequireTimeout(given.StartToCloseTimeout, given.ScheduleToCloseTimeout, input.Activity);
        if (options.LocalActivities is { } known && !known.Contains(input.Activity) && !options.HasDynamicActivity)
        {
            throw new InvalidOperationException(
                $"Activity {input.Activity} is not registered on this worker, available activities: {string.Join(", ", known.Order())}");
        }

        var token = given.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<TResult>(new CanceledFailureException("Activity cancelled before scheduled"));
        }

        var context = ActivityContext(given.ActivityId, input.Activity, Info.TaskQueue, local: true);
        var converter = options.DataConverter.PayloadConverter.With(context);
        var summary = given.Summary == null ? null : converter.ToPayload(given.Summary);
        var operation = AddLocalActivity(null);
        return QueueTask(async () =>
        {
            while (true)
            {
                ActivityOutcome outcome;
                using (token.Register(() => CancelLocalActivity(operation)))
                {
                    outcome = await operation.Ended.Task;
                }

                if (outcome.Retry is not { } retry)
                {
                    return ResultOf<TResult>(outcome, converter, context);
                }

                // The next attempt is too far away to keep the workflow task for it.
                await StartTimer(new(retry.Backoff, token, null));
                operation = AddLocalActivity(retry);
            }
        });

        LocalActivityOperation AddLocalActivity(LocalActivityRetry? retry)
        {
            var seq = ++activitySeq;
            var added = new LocalActivityOperation(
                seq,
                given.ActivityId ?? seq.ToString(CultureInfo.InvariantCulture),
                input.Activity,
                converter.ToPayloads(input.Args, nullIfEmpty: true),
                input.Headers.ToHeader(),
                given,
                retry)
            {
                OriginalScheduleTime = retry?.OriginalScheduleTime ?? UtcNow,
                Summary = summary,
            };
            localActivities.Add(seq, added);
            return added;
        }
    }

    internal List<LocalActivityOperation> TakeLocalActivitiesToRun()
    {
        var fresh = localActivities.Values.Where(a => !a.IsRunning).ToList();
        fresh.ForEach(a => a.IsRunning = true);
        return fresh;
    }

    /// <summary>Gives workflow code the result of a local activity that ran here just now.</summary>
    internal void ResolveLocalActivity(LocalActivityResult result, DateTime completeTime)
    {
        var operation = result.Operation;
        if (operation.IsResolved)
        {
            return;
        }

        var marker = new LocalActivityMarker(
            operation.Seq,
            result.Attempt,
            operation.Id,
            operation.Type,
            completeTime,
            result.Backoff,
            operation.OriginalScheduleTime,
            result.Result,
            result.Failure);
        Activate(() => Resolve(operation, marker), checkConditions: true);
        RunFollowUps();
    }

    internal void CancelLocalActivities()
    {
        foreach (var operation in localActivities.Values)
        {
            operation.Cancellation.Cancel();
        }
    }

    private void ResolveRecordedLocalActivities()
    {
        while (recordedLocalActivities.FindIndex(m => localActivities.ContainsKey(m.Seq)) is >= 0 and var index)
        {
            var marker = recordedLocalActivities[index];
            recordedLocalActivities.RemoveAt(index);
            Activate(() => Resolve(localActivities[marker.Seq], marker), checkConditions: true);
            RunFollowUps();
        }
    }

    private void Resolve(LocalActivityOperation operation, LocalActivityMarker marker)
    {
        operation.IsResolved = true;
        localActivities.Remove(operation.Seq);
        if (marker.CompleteTime is { } completed && completed > UtcNow)
        {
            UtcNow = completed;
        }

        commands.Add(new(marker.ToCommand(operation.Summary), EventType.MarkerRecorded, $"RecordMarker (local activity {operation.Id} of type {operation.Type})")
        {
            LocalActivitySeq = operation.Seq,
            Differs = e => LocalActivityMarker.TryRead(e) is { } recorded &&
                recorded.ActivityId == operation.Id && recorded.ActivityType == operation.Type
                    ? null
                    : "the marker is of another local activity",
        });
        if (marker.Backoff is { } backoff)
        {
            operation.Ended.TrySetResult(new(
                null, null, new(marker.Attempt + 1, backoff, marker.OriginalScheduleTime ?? operation.OriginalScheduleTime)));
            return;
        }

        operation.Ended.TrySetResult(marker.Failure is { } failure
            ? new(null, LocalFailure(operation, failure))
            : new(marker.Result, null));
    }

    private void CancelLocalActivity(LocalActivityOperation operation)
    {
        if (operation.IsResolved)
        {
            return;
        }

        operation.Cancellation.Cancel();
        if (operation.Options.CancellationType == ActivityCancellationType.WaitCancellationCompleted && operation.IsRunning)
        {
            return;
        }

        if (operation.Options.CancellationType == ActivityCancellationType.WaitCancellationCompleted && IsReplaying)
        {
            return;
        }

        recordedLocalActivities.RemoveAll(m => m.Seq == operation.Seq);
        var marker = new LocalActivityMarker(
            operation.Seq,
            operation.Attempt,
            operation.Id,
            operation.Type,
            null,
            null,
            operation.OriginalScheduleTime,
            null,
            new() { Message = "Local activity cancelled", CanceledFailureInfo = new() });
        operation.IsResolved = true;
        localActivities.Remove(operation.Seq);
        followUps.Add(() => Resolve(operation, marker));
    }

    // As in the native core, what the activity threw reaches the workflow bare; only a timeout and a cancellation come wrapped.
    private static Failure LocalFailure(LocalActivityOperation operation, Failure cause) =>
        cause.CanceledFailureInfo == null && cause.TimeoutFailureInfo == null ? cause : new()
        {
            Message = cause.CanceledFailureInfo == null ? "Local Activity timed out" : "Local Activity cancelled",
            Cause = cause,
            ActivityFailureInfo = new()
            {
                ActivityType = new() { Name = operation.Type },
                ActivityId = operation.Id,
                RetryState = RetryState.CancelRequested,
            },
        };
}
