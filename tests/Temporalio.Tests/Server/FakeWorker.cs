using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>Says what a test wants to the server, call by call: client and worker in one, on a workflow and task queue of its own.</summary>
internal sealed class FakeWorker(DevServerProcess server)
{
    public const string Identity = "fake";

    public string Namespace { get; init; } = "default";

    public string Id { get; } = $"wf-{Guid.NewGuid():N}";

    public string Queue => "queue-" + Id;

    public string StickyQueue => "sticky-" + Id;

    public WorkflowService Service => server.Client.WorkflowService;

    public WorkflowExecution Execution => new() { WorkflowId = Id };

    public static Payloads Text(string text) => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFromUtf8($"\"{text}\""),
            },
        },
    };

    public static string Types(IEnumerable<HistoryEvent> events) => string.Join(' ', events.Select(item => item.EventType));

    public static Command Complete(string result = "done") => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = Text(result) },
    };

    public static Command Timer(string id, TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new()
        {
            TimerId = id,
            StartToFireTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(after),
        },
    };

    public Command Activity(string id, Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = id,
            ActivityType = new ActivityType { Name = "Act" },
            TaskQueue = new TaskQueue { Name = Queue },
            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
            Input = Text("input"),
        };
        change?.Invoke(attributes);
        return new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public StartWorkflowExecutionRequest StartRequest() => new()
    {
        Namespace = Namespace,
        WorkflowId = Id,
        WorkflowType = new WorkflowType { Name = "Type" },
        TaskQueue = new TaskQueue { Name = Queue },
        RequestId = Guid.NewGuid().ToString(),
        Identity = Identity,
    };

    public Task<StartWorkflowExecutionResponse> StartAsync(Action<StartWorkflowExecutionRequest>? change = null)
    {
        var request = StartRequest();
        change?.Invoke(request);
        return Service.StartWorkflowExecutionAsync(request);
    }

    public Task SignalAsync(string name, string requestId = "") => Service.SignalWorkflowExecutionAsync(new()
    {
        Namespace = Namespace,
        WorkflowExecution = Execution,
        SignalName = name,
        RequestId = requestId,
    });

    public async Task<PollWorkflowTaskQueueResponse> PollAsync(bool sticky = false, TimeSpan? patience = null)
    {
        var task = await Service.PollWorkflowTaskQueueAsync(
            new()
            {
                Namespace = Namespace,
                Identity = Identity,
                TaskQueue = sticky
                    ? new TaskQueue { Name = StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = Queue }
                    : new TaskQueue { Name = Queue, Kind = TaskQueueKind.Normal },
            },
            new() { Timeout = patience ?? TimeSpan.FromSeconds(30) });
        return task;
    }

    /// <summary>Returns once the server has the sticky poll; a task for a sticky queue that nobody polls goes to the normal one.</summary>
    public async Task StickyPollerIsKnownAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var request = new DescribeTaskQueueRequest
        {
            Namespace = Namespace,
            TaskQueue = new TaskQueue { Name = StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = Queue },
            TaskQueueType = TaskQueueType.Workflow,
        };
        while ((await Service.DescribeTaskQueueAsync(request)).Pollers.Count == 0)
        {
            await tick.WaitForNextTickAsync(deadline.Token);
        }
    }

    public Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        AnswerAsync(task, commands, null);

    public Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(
        PollWorkflowTaskQueueResponse task, IEnumerable<Command> commands, Action<RespondWorkflowTaskCompletedRequest>? change)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = Namespace,
            TaskToken = task.TaskToken,
            Identity = Identity,
            Commands = { commands },
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
        };
        change?.Invoke(request);
        return Service.RespondWorkflowTaskCompletedAsync(request);
    }

    public Task FailAsync(PollWorkflowTaskQueueResponse task) => Service.RespondWorkflowTaskFailedAsync(new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure,
        Failure = new() { Message = "no" },
    });

    public Task<PollActivityTaskQueueResponse> PollActivityAsync() => Service.PollActivityTaskQueueAsync(
        new() { Namespace = Namespace, Identity = Identity, TaskQueue = new TaskQueue { Name = Queue } }, new() { Timeout = TimeSpan.FromSeconds(30) });

    public async Task<IList<HistoryEvent>> HistoryAsync()
    {
        var response = await Service.GetWorkflowExecutionHistoryAsync(new() { Namespace = Namespace, Execution = Execution });
        return response.History.Events;
    }

    public Task<UpdateWorkflowExecutionResponse> UpdateAsync(
        string id, UpdateWorkflowExecutionLifecycleStage stage = UpdateWorkflowExecutionLifecycleStage.Completed) =>
        Service.UpdateWorkflowExecutionAsync(new()
        {
            Namespace = Namespace,
            WorkflowExecution = Execution,
            WaitPolicy = new() { LifecycleStage = stage },
            Request = new() { Meta = new() { UpdateId = id }, Input = new() { Name = "u" } },
        });

    /// <summary>Once a later call is answered, the calls that were made before it have reached the server.</summary>
    public Task RoundTripAsync() => HistoryAsync();

    public Task<QueryWorkflowResponse> QueryAsync(QueryRejectCondition reject = QueryRejectCondition.None) => Service.QueryWorkflowAsync(
        new()
        {
            Namespace = Namespace,
            Execution = Execution,
            Query = new() { QueryType = "q" },
            QueryRejectCondition = reject,
        },
        new() { Timeout = TimeSpan.FromSeconds(20) });

    public Task<RespondQueryTaskCompletedResponse> AnswerQueryAsync(PollWorkflowTaskQueueResponse task, string? failure = null) =>
        Service.RespondQueryTaskCompletedAsync(new()
        {
            TaskToken = task.TaskToken,
            CompletedType = failure is null ? QueryResultType.Answered : QueryResultType.Failed,
            QueryResult = failure is null ? Text("42") : null,
            ErrorMessage = failure ?? "",
        });

    /// <summary>The messages and commands that accept an update and, if asked, complete it.</summary>
    public static Action<RespondWorkflowTaskCompletedRequest> Accept(Message message, bool complete) => request =>
    {
        var update = message.Body.Unpack<global::Temporalio.Api.Update.V1.Request>();
        Say(request, message, "/accept", new global::Temporalio.Api.Update.V1.Acceptance
        {
            AcceptedRequestMessageId = message.Id,
            AcceptedRequestSequencingEventId = message.EventId,
            AcceptedRequest = update,
        });
        if (complete)
        {
            Say(request, message, "/complete", new global::Temporalio.Api.Update.V1.Response
            {
                Meta = update.Meta,
                Outcome = new() { Success = Text("updated") },
            });
        }
    };

    public static Action<RespondWorkflowTaskCompletedRequest> Reject(Message message) => request => request.Messages.Add(new Message
    {
        Id = message.Id + "/reject",
        ProtocolInstanceId = message.ProtocolInstanceId,
        Body = Google.Protobuf.WellKnownTypes.Any.Pack(new global::Temporalio.Api.Update.V1.Rejection
        {
            RejectedRequestMessageId = message.Id,
            RejectedRequestSequencingEventId = message.EventId,
            Failure = new() { Message = "rejected", ApplicationFailureInfo = new() { Type = "No" } },
        }),
    });

    private static void Say(RespondWorkflowTaskCompletedRequest request, Message message, string suffix, IMessage body)
    {
        request.Messages.Add(new Message
        {
            Id = message.Id + suffix,
            ProtocolInstanceId = message.ProtocolInstanceId,
            Body = Google.Protobuf.WellKnownTypes.Any.Pack(body),
        });
        request.Commands.Add(new Command
        {
            CommandType = CommandType.ProtocolMessage,
            ProtocolMessageCommandAttributes = new() { MessageId = message.Id + suffix },
        });
    }
}
