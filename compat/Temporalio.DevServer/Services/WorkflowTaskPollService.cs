using Temporalio.Api.Query.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Services;

/// <summary>Hands workflow tasks and queries to workers.</summary>
internal sealed class WorkflowTaskPollService(EngineCore engine)
{
    private const int MaxEvents = 10_000;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    public async Task<PollWorkflowTaskQueueResponse> PollAsync(PollWorkflowTaskQueueRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckQueue(request.TaskQueue, engine.Limits);
        var queue = engine.Queues.Workflow(request.Namespace, request.TaskQueue.Name);
        var until = Environment.TickCount64 + (long)call.PollBudget(LongestPoll).TotalMilliseconds;
        while (true)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Max(until - Environment.TickCount64, 0));
            var task = await queue.PollAsync(request.Identity, request.WorkerInstanceKey, wait, call.CancellationToken).ConfigureAwait(false);
            var response = task switch
            {
                null => new PollWorkflowTaskQueueResponse(),
                QueryTaskHint query => Query(query.Query, request.TaskQueue.Kind),
                WorkflowTaskHint hint => Start(hint, request),
                _ => null,
            };
            if (response is not null)
            {
                return response;
            }
        }
    }

    /// <summary>What a worker gets with a task that it was just given.</summary>
    public static PollWorkflowTaskQueueResponse Response(Transition transition, WorkflowTaskState task, bool sticky)
    {
        var (run, state) = (transition.Run, transition.State);
        var events = transition.Engine.EventsOf(run);
        if (transition.Written.Count > 0 && (events.Count == 0 || events[^1].EventId < transition.Written[0].EventId))
        {
            events = [.. events, .. transition.Written];
        }

        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = Token(state, task).Encode(),
            WorkflowExecution = state.Execution,
            WorkflowType = new WorkflowType { Name = state.WorkflowType },
            PreviousStartedEventId = state.PreviousStartedId,
            StartedEventId = task.StartedId,
            Attempt = task.Attempt,
            History = new History(),
            WorkflowExecutionTaskQueue = new TaskQueue { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
            ScheduledTime = task.Scheduled.Stamp(),
            StartedTime = task.Started.Stamp(),
        };
        var tail = WorkflowTasks.Provisional(transition, task);
        var next = HistoryPage.Fill(response.History, events, sticky ? state.PreviousStartedId + 1 : 1, MaxEvents);
        if (next > events.Count)
        {
            response.History.Events.Add(tail);
        }
        else
        {
            response.NextPageToken = new HistoryToken { RunId = state.RunId, NextEventId = next, Tail = new History { Events = { tail } } }.Encode();
        }

        response.Messages.Add(UpdateRules.Deliver(run, task));
        foreach (var query in run.Queries.Where(static query => query is { Direct: false, Attached: false }))
        {
            query.Attached = true;
            response.Queries.Add(query.Id, query.Query);
        }

        return response;
    }

    private static TaskToken Token(RunState state, WorkflowTaskState task) => new()
    {
        Kind = TokenKind.Workflow,
        Namespace = state.Namespace,
        WorkflowId = state.WorkflowId,
        RunId = state.RunId,
        ScheduledId = task.ScheduledId,
        StartedId = task.StartedId,
        Attempt = task.Attempt,
        Stamp = task.Stamp,
    };

    private PollWorkflowTaskQueueResponse? Start(WorkflowTaskHint hint, PollWorkflowTaskQueueRequest request) =>
        engine.Directory.Locked(hint.Namespace, hint.WorkflowId, slot =>
        {
            if (slot.Find(hint.RunId) is not { State: { IsOpen: true, Task: { IsStarted: false } task } } run || task.Stamp != hint.Stamp)
            {
                return null;
            }

            var transition = slot.Begin(run);
            WorkflowTasks.Start(transition, request.Identity);
            var sticky = request.TaskQueue.Kind == TaskQueueKind.Sticky && run.State.StickyQueue == request.TaskQueue.Name;
            var response = Response(transition, task, sticky);
            // Not waited for: a start that a crash undoes is simply dispatched again.
            _ = engine.Commit(transition);
            return response;
        });

    private PollWorkflowTaskQueueResponse? Query(PendingQuery query, TaskQueueKind kind)
    {
        if (query.Answer.IsCompleted)
        {
            return null;
        }

        return engine.Directory.Locked(query.Namespace, query.WorkflowId, slot =>
        {
            if (slot.Find(query.RunId) is not { } run || query.Picked || !run.Queries.Contains(query))
            {
                return null;
            }

            query.Picked = true;
            var state = run.State;
            var response = new PollWorkflowTaskQueueResponse
            {
                TaskToken = new TaskToken
                {
                    Kind = TokenKind.Query,
                    Namespace = query.Namespace,
                    WorkflowId = query.WorkflowId,
                    RunId = query.RunId,
                    Id = query.Id,
                }.Encode(),
                WorkflowExecution = state.Execution,
                WorkflowType = new WorkflowType { Name = state.WorkflowType },
                PreviousStartedEventId = state.PreviousStartedId,
                Attempt = 1,
                History = new History(),
                Query = new WorkflowQuery(query.Query),
                WorkflowExecutionTaskQueue = new TaskQueue { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
            };
            if (kind != TaskQueueKind.Sticky)
            {
                var events = engine.EventsOf(run);
                var next = HistoryPage.Fill(response.History, events, 1, MaxEvents);
                if (next <= events.Count)
                {
                    response.NextPageToken = new HistoryToken { RunId = state.RunId, NextEventId = next }.Encode();
                }
            }

            return response;
        });
    }
}
