using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Updates inside a run.</summary>
internal static class UpdateRules
{
    public static string RequestMessageId(UpdateRecord record) => record.Id + "/request";

    /// <summary>The updates that a task takes along.</summary>
    public static IEnumerable<Message> Deliver(Run run, WorkflowTaskState task)
    {
        foreach (var record in run.Updates.All)
        {
            if (record.Phase != UpdatePhase.Admitted)
            {
                continue;
            }

            record.Phase = UpdatePhase.Sent;
            yield return new Message
            {
                Id = RequestMessageId(record),
                ProtocolInstanceId = record.Id,
                EventId = task.StartedId - 1,
                Body = Any.Pack(record.Request),
            };
        }
    }

    /// <summary>Carries out one message of a worker.</summary>
    public static void Handle(CommandContext context, Message message)
    {
        CommandSizes.Check(
            context, message.Body, WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, $"Message type {Any.GetTypeName(message.Body.TypeUrl)}");
        if (message.Body.TryUnpack<Acceptance>(out var acceptance))
        {
            Accept(context, message.ProtocolInstanceId, acceptance);
        }
        else if (message.Body.TryUnpack<Response>(out var response))
        {
            Complete(context, message.ProtocolInstanceId, response);
        }
        else if (message.Body.TryUnpack<Rejection>(out var rejection))
        {
            Reject(context.Transition, message.ProtocolInstanceId, rejection.Failure);
        }
        else
        {
            throw Bad($"The message {message.Id} has an unknown body {message.Body.TypeUrl}.");
        }
    }

    /// <summary>A worker had the update and said nothing: the server rejects it.</summary>
    public static void RejectUnanswered(Transition transition)
    {
        foreach (var record in transition.Run.Updates.All.Where(static record => record.Phase == UpdatePhase.Sent).ToList())
        {
            Reject(transition, record.Id, new Failure
            {
                Message = "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
                Source = "Server",
                ApplicationFailureInfo = new ApplicationFailureInfo { Type = "UnprocessedUpdate", NonRetryable = true },
            });
        }
    }

    public static Outcome ClosedOutcome() => new()
    {
        Failure = new Failure
        {
            Message = "Workflow Update failed because the Workflow completed before the Update completed.",
            Source = "Server",
            ApplicationFailureInfo = new ApplicationFailureInfo { Type = "AcceptedUpdateCompletedWorkflow", NonRetryable = true },
        },
    };

    public static void AbortAll(Transition transition, bool hasSuccessor)
    {
        var run = transition.Run;
        foreach (var record in run.Updates.All.ToList())
        {
            if (record.Phase == UpdatePhase.Completed)
            {
                continue;
            }

            var wasAccepted = record.Phase == UpdatePhase.Accepted;
            record.Phase = UpdatePhase.Aborted;
            transition.AfterCommit(() =>
            {
                if (wasAccepted)
                {
                    record.SetOutcome(ClosedOutcome());
                }
                else
                {
                    record.Abort(WorkflowClose.AbortedUpdate(hasSuccessor));
                }

                Forget(transition, record);
            });
        }
    }

    private static void Accept(CommandContext context, string id, Acceptance acceptance)
    {
        var updates = context.Transition.Run.Updates;
        var record = updates.Find(id);
        if (record is null && acceptance.AcceptedRequest is { } original)
        {
            // The server was restarted since it sent the update; the worker's answer has all that is needed.
            record = new UpdateRecord(id, original) { Phase = UpdatePhase.Sent };
            updates.Add(record);
        }

        if (record is null || record.Phase is not (UpdatePhase.Sent or UpdatePhase.Admitted))
        {
            throw Bad($"The update {id} cannot be accepted: it is not waiting for that.");
        }

        record.Phase = UpdatePhase.Accepted;
        var item = context.Create(EventType.WorkflowExecutionUpdateAccepted);
        item.WorkflowExecutionUpdateAcceptedEventAttributes = new WorkflowExecutionUpdateAcceptedEventAttributes
        {
            ProtocolInstanceId = id,
            AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId.Length > 0 ? acceptance.AcceptedRequestMessageId : RequestMessageId(record),
            AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
            AcceptedRequest = acceptance.AcceptedRequest ?? record.Request,
        };
        context.Transition.Append(item);
        context.State.Updates.Add(id, new UpdateState { UpdateId = id, AcceptedId = item.EventId });
        context.Transition.AfterCommit(record.SetAccepted);
    }

    private static void Complete(CommandContext context, string id, Response response)
    {
        if (!context.State.Updates.TryGetValue(id, out var known) || known.CompletedId != 0)
        {
            throw Bad($"The update {id} cannot be completed: it is not accepted.");
        }

        var item = context.Create(EventType.WorkflowExecutionUpdateCompleted);
        item.WorkflowExecutionUpdateCompletedEventAttributes = new WorkflowExecutionUpdateCompletedEventAttributes
        {
            Meta = response.Meta,
            AcceptedEventId = known.AcceptedId,
            Outcome = response.Outcome,
        };
        context.Transition.Append(item);
        known.CompletedId = item.EventId;
        if (context.Transition.Run.Updates.Find(id) is { } record)
        {
            Finish(context.Transition, record, response.Outcome);
        }
    }

    private static void Reject(Transition transition, string id, Failure failure)
    {
        if (transition.Run.Updates.Find(id) is { } record)
        {
            Finish(transition, record, new Outcome { Failure = failure });
        }
    }

    private static void Finish(Transition transition, UpdateRecord record, Outcome outcome)
    {
        record.Phase = UpdatePhase.Completed;
        transition.AfterCommit(() =>
        {
            record.SetOutcome(outcome);
            Forget(transition, record);
        });
    }

    private static void Forget(Transition transition, UpdateRecord record) => ThreadPool.QueueUserWorkItem(_ =>
        transition.Engine.Directory.Locked(transition.State.Namespace, transition.State.WorkflowId, slot => transition.Run.Updates.Remove(record)));

    private static CommandException Bad(string message) => new(WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, message);
}
