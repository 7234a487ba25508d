using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Services;

/// <summary>Activity tasks: polling, and the four ways to answer, by token or by id.</summary>
internal sealed class ActivityTaskService(EngineCore engine)
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    public async Task<PollActivityTaskQueueResponse> PollAsync(PollActivityTaskQueueRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckQueue(request.TaskQueue, engine.Limits);
        var queue = engine.Queues.Activity(request.Namespace, request.TaskQueue.Name);
        var until = Environment.TickCount64 + (long)call.PollBudget(LongestPoll).TotalMilliseconds;
        while (true)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Max(until - Environment.TickCount64, 0));
            var task = await queue.PollAsync(request.Identity, request.WorkerInstanceKey, wait, call.CancellationToken).ConfigureAwait(false);
            if (task is not ActivityTaskHint hint)
            {
                return new PollActivityTaskQueueResponse();
            }

            var (response, commit) = Start(hint, request.Identity);
            if (response is not null)
            {
                await commit.ConfigureAwait(false);
                return response;
            }
        }
    }

    public async Task<RespondActivityTaskCompletedResponse> CompleteAsync(RespondActivityTaskCompletedRequest request, GrpcCall call)
    {
        await AnswerAsync(request.TaskToken, (transition, activity) =>
            Complete(transition, activity, request.Result, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskCompletedResponse();
    }

    public async Task<RespondActivityTaskFailedResponse> FailAsync(RespondActivityTaskFailedRequest request, GrpcCall call)
    {
        await AnswerAsync(request.TaskToken, (transition, activity) =>
            Fail(transition, activity, request.Failure ?? new Failure(), request.LastHeartbeatDetails, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskFailedResponse();
    }

    public async Task<RespondActivityTaskCanceledResponse> CancelAsync(RespondActivityTaskCanceledRequest request, GrpcCall call)
    {
        await AnswerAsync(request.TaskToken, (transition, activity) =>
            Cancel(transition, activity, request.Details, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskCanceledResponse();
    }

    public async Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(RecordActivityTaskHeartbeatRequest request, GrpcCall call)
    {
        var cancel = false;
        await AnswerAsync(request.TaskToken, (transition, activity) =>
            cancel = Beat(transition, activity, request.Details, request.Identity)).ConfigureAwait(false);
        return new RecordActivityTaskHeartbeatResponse { CancelRequested = cancel };
    }

    public async Task<RespondActivityTaskCompletedByIdResponse> CompleteByIdAsync(RespondActivityTaskCompletedByIdRequest request, GrpcCall call)
    {
        await AnswerByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (transition, activity) =>
            Complete(transition, activity, request.Result, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskCompletedByIdResponse();
    }

    public async Task<RespondActivityTaskFailedByIdResponse> FailByIdAsync(RespondActivityTaskFailedByIdRequest request, GrpcCall call)
    {
        await AnswerByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (transition, activity) =>
            Fail(transition, activity, request.Failure ?? new Failure(), request.LastHeartbeatDetails, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskFailedByIdResponse();
    }

    public async Task<RespondActivityTaskCanceledByIdResponse> CancelByIdAsync(RespondActivityTaskCanceledByIdRequest request, GrpcCall call)
    {
        await AnswerByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (transition, activity) =>
            Cancel(transition, activity, request.Details, request.Identity)).ConfigureAwait(false);
        return new RespondActivityTaskCanceledByIdResponse();
    }

    public async Task<RecordActivityTaskHeartbeatByIdResponse> HeartbeatByIdAsync(RecordActivityTaskHeartbeatByIdRequest request, GrpcCall call)
    {
        var cancel = false;
        await AnswerByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (transition, activity) =>
            cancel = Beat(transition, activity, request.Details, request.Identity)).ConfigureAwait(false);
        return new RecordActivityTaskHeartbeatByIdResponse { CancelRequested = cancel };
    }

    /// <summary>A result that is too large fails the activity: no later attempt could do better.</summary>
    private static void Complete(Transition transition, ActivityState activity, Payloads? result, string identity)
    {
        if (result?.CalculateSize() > transition.Engine.Limits.BlobBytes)
        {
            ActivityRules.Fail(transition, activity, TooLarge("Complete result exceeds size limit."), null, identity);
            return;
        }

        ActivityRules.Complete(transition, activity, result, identity);
    }

    private static void Fail(Transition transition, ActivityState activity, Failure failure, Payloads? heartbeat, string identity)
    {
        var limit = transition.Engine.Limits.BlobBytes;
        var kept = failure.CalculateSize() > limit ? TooLarge("Failure exceeds size limit.") : failure;
        ActivityRules.Fail(transition, activity, kept, heartbeat?.CalculateSize() > limit ? null : heartbeat, identity);
    }

    private static Failure TooLarge(string message) => new()
    {
        Message = message,
        Source = "Server",
        ServerFailureInfo = new ServerFailureInfo { NonRetryable = true },
    };

    /// <summary>Details that are too large fail the activity, and the attempt under way is told to stop.</summary>
    private static bool Beat(Transition transition, ActivityState activity, Payloads? details, string identity)
    {
        if (details?.CalculateSize() > transition.Engine.Limits.BlobBytes)
        {
            ActivityRules.Fail(transition, activity, TooLarge("Heartbeat details exceed size limit."), null, identity);
            return true;
        }

        activity.LastHeartbeat = transition.Now;
        activity.HeartbeatDetails = details ?? activity.HeartbeatDetails;
        return activity.CancelRequestedId != 0;
    }

    private static void Cancel(Transition transition, ActivityState activity, Payloads? details, string identity)
    {
        if (activity.CancelRequestedId == 0)
        {
            throw GrpcException.InvalidArgument("unable to record cancellation of an activity whose cancellation was not requested");
        }

        if (details?.CalculateSize() > transition.Engine.Limits.BlobBytes)
        {
            ActivityRules.Fail(transition, activity, TooLarge("Cancel details exceed size limit."), null, identity);
            return;
        }

        ActivityRules.Cancel(transition, activity, details, identity);
    }

    private static GrpcException Gone() =>
        GrpcException.NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    private (PollActivityTaskQueueResponse? Response, Task Commit) Start(ActivityTaskHint hint, string identity) =>
        engine.Directory.Locked(hint.Namespace, hint.WorkflowId, slot =>
        {
            if (slot.Find(hint.RunId) is not { State.IsOpen: true } run ||
                !run.State.Activities.TryGetValue(hint.ScheduledId, out var activity) ||
                activity.Stamp != hint.Stamp || activity.Started is not null || activity.Waiting)
            {
                return (null, Task.CompletedTask);
            }

            var transition = slot.Begin(run);
            ActivityRules.Start(transition, activity, identity);
            var scheduled = transition.Event(activity.ScheduledId).ActivityTaskScheduledEventAttributes;
            var state = run.State;
            var response = new PollActivityTaskQueueResponse
            {
                TaskToken = new TaskToken
                {
                    Kind = TokenKind.Activity,
                    Namespace = state.Namespace,
                    WorkflowId = state.WorkflowId,
                    RunId = state.RunId,
                    ScheduledId = activity.ScheduledId,
                    Attempt = activity.Attempt,
                    Stamp = activity.Stamp,
                    Id = activity.ActivityId,
                }.Encode(),
                WorkflowNamespace = state.Namespace,
                WorkflowType = new WorkflowType { Name = state.WorkflowType },
                WorkflowExecution = state.Execution,
                ActivityType = scheduled.ActivityType,
                ActivityId = activity.ActivityId,
                Header = scheduled.Header,
                Input = scheduled.Input,
                HeartbeatDetails = activity.HeartbeatDetails,
                ScheduledTime = activity.FirstScheduled.Stamp(),
                CurrentAttemptScheduledTime = activity.AttemptScheduled.Stamp(),
                StartedTime = activity.Started.Stamp(),
                Attempt = activity.Attempt,
                ScheduleToCloseTimeout = activity.ScheduleToClose.Proto(),
                StartToCloseTimeout = activity.StartToClose.Proto(),
                HeartbeatTimeout = activity.Heartbeat.Proto(),
                RetryPolicy = activity.Retry,
                Priority = scheduled.Priority,
            };
            return ((PollActivityTaskQueueResponse?)response, engine.Commit(transition));
        });

    private Task AnswerAsync(ByteString tokenBytes, Action<Transition, ActivityState> answer)
    {
        var token = TaskToken.Parse(tokenBytes, TokenKind.Activity);
        return engine.Directory.Locked(token.Namespace, token.WorkflowId, slot =>
        {
            if (slot.Find(token.RunId) is not { State.IsOpen: true } run ||
                !run.State.Activities.TryGetValue(token.ScheduledId, out var activity) ||
                activity.Started is null || activity.Attempt != token.Attempt || activity.Stamp != token.Stamp)
            {
                throw Gone();
            }

            return Commit(slot, run, activity, answer);
        });
    }

    private Task AnswerByIdAsync(string @namespace, string workflowId, string runId, string activityId, Action<Transition, ActivityState> answer)
    {
        engine.Namespaces.Check(@namespace);
        Requests.CheckWorkflowId(workflowId, engine.Limits);
        return engine.Directory.Locked(@namespace, workflowId, slot =>
        {
            var run = slot.Get(new WorkflowExecution { WorkflowId = workflowId, RunId = runId });
            if (!run.State.IsOpen || run.State.FindActivity(activityId) is not { } activity)
            {
                throw GrpcException.NotFound($"cannot find pending activity with ActivityID {activityId}");
            }

            return activity.Started is null ? throw Gone() : Commit(slot, run, activity, answer);
        });
    }

    private Task Commit(WorkflowSlot slot, Run run, ActivityState activity, Action<Transition, ActivityState> answer)
    {
        var transition = slot.Begin(run);
        answer(transition, activity);
        return engine.Commit(transition);
    }
}
