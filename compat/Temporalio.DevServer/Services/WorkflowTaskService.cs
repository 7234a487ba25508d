using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>Takes back what workers made of their workflow tasks.</summary>
internal sealed class WorkflowTaskService(EngineCore engine)
{
    private static readonly TimeSpan LongestHeartbeating = TimeSpan.FromMinutes(30);

    public async Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(RespondWorkflowTaskCompletedRequest request, GrpcCall call)
    {
        var token = TaskToken.Parse(request.TaskToken, TokenKind.Workflow);
        Refusal? refusal = null;
        var (response, commit) = engine.Directory.Locked(token.Namespace, token.WorkflowId, slot =>
        {
            var run = Find(slot, token);
            var phases = run.Updates.All.Select(static record => (record, record.Phase)).ToList();
            var transition = slot.Begin(run);
            try
            {
                var response = Complete(transition, slot, request, ref refusal);
                return ((RespondWorkflowTaskCompletedResponse?)response, engine.Commit(transition));
            }
            catch (Exception e)
            {
                foreach (var (record, phase) in phases)
                {
                    record.Phase = phase;
                }

                if (e is not CommandException refused)
                {
                    throw;
                }

                return (null, Refuse(slot, run, transition, refused, request.Identity, ref refusal));
            }
        });
        await commit.ConfigureAwait(false);
        return refusal is null ? response! : throw refusal.Error;
    }

    public async Task<RespondWorkflowTaskFailedResponse> FailAsync(RespondWorkflowTaskFailedRequest request, GrpcCall call)
    {
        var token = TaskToken.Parse(request.TaskToken, TokenKind.Workflow);
        await engine.Directory.Locked(token.Namespace, token.WorkflowId, slot =>
        {
            var transition = slot.Begin(Find(slot, token));
            WorkflowTasks.Fail(transition, request.Cause, request.Failure, request.Identity);
            return engine.Commit(transition);
        }).ConfigureAwait(false);
        return new RespondWorkflowTaskFailedResponse();
    }

    public Task<RespondQueryTaskCompletedResponse> CompleteQueryAsync(RespondQueryTaskCompletedRequest request, GrpcCall call)
    {
        var token = TaskToken.Parse(request.TaskToken, TokenKind.Query);
        engine.Directory.Locked(token.Namespace, token.WorkflowId, slot =>
        {
            var query = slot.Find(token.RunId)?.Queries.Find(query => query.Id == token.Id) ?? throw GrpcException.NotFound("query task not found, or already expired");
            query.Complete(Limited(engine, new WorkflowQueryResult
            {
                ResultType = request.CompletedType,
                Answer = request.QueryResult,
                ErrorMessage = request.ErrorMessage,
                Failure = request.Failure,
            }));
        });
        return Task.FromResult(new RespondQueryTaskCompletedResponse());
    }

    private static Run Find(WorkflowSlot slot, TaskToken token)
    {
        var run = slot.Find(token.RunId) ?? throw GrpcException.NotFound($"workflow not found for ID: {token.WorkflowId}");
        if (!run.State.IsOpen)
        {
            throw GrpcException.WorkflowCompleted();
        }

        return run.State.Task is { IsStarted: true } task && task.Stamp == token.Stamp && task.StartedId == token.StartedId && task.Attempt == token.Attempt
            ? run
            : throw GrpcException.NotFound("Workflow task not found.");
    }

    private static bool IsRejection(Message message) => message.Body.Is(Rejection.Descriptor);

    private static RespondWorkflowTaskCompletedResponse Complete(
        Transition transition, WorkflowSlot slot, RespondWorkflowTaskCompletedRequest request, ref Refusal? refusal)
    {
        var (run, state) = (transition.Run, transition.State);
        var task = state.Task!;
        if (request.StickyAttributes?.WorkerTaskQueue?.Name is { Length: > 0 } sticky)
        {
            state.StickyQueue = sticky;
            state.StickyTimeout = request.StickyAttributes.ScheduleToStartTimeout.Span();
        }
        else
        {
            state.StickyQueue = "";
        }

        var heartbeat = request is { ForceCreateNewWorkflowTask: true, Commands.Count: 0, Messages.Count: 0 };
        if (heartbeat && (task.HeartbeatingSince ?? task.Started) + LongestHeartbeating < transition.Now)
        {
            WorkflowTasks.TimeOut(transition, TimeoutType.StartToClose);
            refusal = new Refusal(GrpcException.NotFound("workflow task heartbeat timeout"));
            return new RespondWorkflowTaskCompletedResponse();
        }

        var response = new RespondWorkflowTaskCompletedResponse();
        if (task.Kind == WorkflowTaskKind.Speculative && request.Commands.Count == 0 && request.Messages.All(IsRejection) &&
            !request.ForceCreateNewWorkflowTask && request.Capabilities?.DiscardSpeculativeWorkflowTaskWithEvents == true)
        {
            // It left no mark, so it never was.
            foreach (var message in request.Messages)
            {
                UpdateRules.Handle(new CommandContext(transition, slot, 0, request.Identity, false), message);
            }

            response.ResetHistoryEventId = state.PreviousStartedId;
        }
        else
        {
            Apply(transition, slot, request, task);
        }

        if (!state.IsOpen)
        {
            AnswerQueries(transition, request);
            return response;
        }

        state.Task = null;
        state.NextTaskAttempt = 1;
        var flushed = EventBuffer.Flush(transition);
        if (!heartbeat)
        {
            UpdateRules.RejectUnanswered(transition);
        }

        AnswerQueries(transition, request);
        if (!EnforceLimits(transition, slot))
        {
            Next(transition, request, task, heartbeat, flushed, response);
        }

        return response;
    }

    private static void Apply(Transition transition, WorkflowSlot slot, RespondWorkflowTaskCompletedRequest request, WorkflowTaskState task)
    {
        WorkflowTasks.MakeReal(transition);
        var item = transition.Create(EventType.WorkflowTaskCompleted);
        item.WorkflowTaskCompletedEventAttributes = new WorkflowTaskCompletedEventAttributes
        {
            ScheduledEventId = task.ScheduledId,
            StartedEventId = task.StartedId,
            Identity = request.Identity,
            BinaryChecksum = request.BinaryChecksum,
            SdkMetadata = request.SdkMetadata,
            MeteringMetadata = request.MeteringMetadata,
            WorkerVersion = request.WorkerVersionStamp,
        };
        transition.Append(item);
        transition.State.PreviousStartedId = task.StartedId;
        var context = new CommandContext(transition, slot, item.EventId, request.Identity, transition.State.Buffer.Count > 0);
        CommandProcessor.Run(context, request.Commands, request.Messages);
    }

    /// <summary>The next task, if there is a reason for one; given to this worker at once if it wants that.</summary>
    private static void Next(
        Transition transition,
        RespondWorkflowTaskCompletedRequest request,
        WorkflowTaskState completed,
        bool heartbeat,
        bool flushed,
        RespondWorkflowTaskCompletedResponse response)
    {
        var (run, state) = (transition.Run, transition.State);
        if (request.ForceCreateNewWorkflowTask || flushed)
        {
            WorkflowTasks.Ensure(transition);
            if (heartbeat && state.StickyQueue.Length == 0)
            {
                // A worker that keeps nothing needs the updates again.
                run.Updates.ForgetSending();
            }

            if (heartbeat && state.Task is { } next)
            {
                next.HeartbeatingSince = completed.HeartbeatingSince ?? completed.Started;
            }
        }
        else if (run.Updates.HasUnsent)
        {
            WorkflowTasks.Schedule(transition, WorkflowTaskKind.Speculative);
        }
        else
        {
            QueryRules.Redispatch(transition.Engine, run);
        }

        if (request.ReturnNewWorkflowTask && state.Task is { } returned)
        {
            WorkflowTasks.Start(transition, request.Identity);
            returned.Dispatched = true;
            response.WorkflowTask = WorkflowTaskPollService.Response(transition, returned, sticky: state.StickyQueue.Length > 0);
        }
    }

    private static void AnswerQueries(Transition transition, RespondWorkflowTaskCompletedRequest request)
    {
        foreach (var query in transition.Run.Queries)
        {
            if (!query.Attached)
            {
                continue;
            }

            query.Attached = false;
            if (request.QueryResults.TryGetValue(query.Id, out var result))
            {
                var answer = Limited(transition.Engine, result);
                transition.AfterCommit(() => query.Complete(answer));
                query.Direct = true;
            }
        }
    }

    private static WorkflowQueryResult Limited(EngineCore engine, WorkflowQueryResult result) => result.Answer?.CalculateSize() > engine.Limits.BlobBytes
        ? new WorkflowQueryResult { ResultType = QueryResultType.Failed, ErrorMessage = "Blob data size exceeds limit." }
        : result;

    private static bool EnforceLimits(Transition transition, WorkflowSlot slot)
    {
        var (state, limits) = (transition.State, transition.Engine.Limits);
        if (state.LastEventId < limits.HistoryEvents && state.HistorySize < limits.HistoryBytes)
        {
            return false;
        }

        WorkflowClose.Terminate(
            transition, slot, state.LastEventId >= limits.HistoryEvents
                ? "Workflow history count exceeds limit." : "Workflow history size exceeds limit.", null, "history-service");
        return true;
    }

    private Task Refuse(WorkflowSlot slot, Run run, Transition transition, CommandException error, string identity, ref Refusal? refusal)
    {
        foreach (var successor in transition.Successors)
        {
            slot.Withdraw(successor.State.RunId);
        }

        transition.Abandon();
        var unhandled = error.Cause == WorkflowTaskFailedCause.UnhandledCommand;
        var message = unhandled ? "UnhandledCommand" : $"{error.Cause}: {error.Message}";
        refusal = new Refusal(GrpcException.InvalidArgument(message));
        if (run.State.Task!.Attempt > 1 && !unhandled)
        {
            // Repeated mistakes write nothing; the task's growing timeout slows them down.
            return run.LastCommit;
        }

        var failing = slot.Begin(run);
        var failure = new Failure { Message = message, Source = "Server", ServerFailureInfo = new ServerFailureInfo() };
        if (error.Terminates)
        {
            WorkflowTasks.FailForGood(failing, slot, error.Cause, failure, identity);
        }
        else
        {
            WorkflowTasks.Fail(failing, error.Cause, failure, identity);
        }

        return engine.Commit(failing);
    }

    private sealed record Refusal(GrpcException Error);
}
