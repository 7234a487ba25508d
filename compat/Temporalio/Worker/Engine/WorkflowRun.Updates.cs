using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly HandlerDictionary<WorkflowUpdateDefinition> updates;
    private readonly Dictionary<string, Request> admittedUpdates = [];
    private readonly List<OutgoingMessage> outgoing = [];
    private WorkflowUpdateDefinition? dynamicUpdate;

    public IDictionary<string, WorkflowUpdateDefinition> Updates => updates;

    public WorkflowUpdateDefinition? DynamicUpdate
    {
        get => dynamicUpdate;
        set
        {
            AssertHandlersMayChange();
            dynamicUpdate = value is { Dynamic: false }
                ? throw new ArgumentException($"Update {value.Name} is not dynamic")
                : value;
        }
    }

    private static void OnUpdateAdded(string name, WorkflowUpdateDefinition added) =>
        HandlerDictionary.RequireName(name, added.Name, "update");

    private void AdmitUpdate(HistoryEvent e)
    {
        var request = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
        if (request?.Meta != null)
        {
            admittedUpdates[request.Meta.UpdateId] = request;
        }
    }

    private List<UpdateRequest> AcceptedUpdates(HistorySequence sequence)
    {
        var accepted = new List<UpdateRequest>();
        foreach (var e in sequence.LookAhead)
        {
            if (e.WorkflowExecutionUpdateAcceptedEventAttributes is not { } attributes)
            {
                continue;
            }

            var request = attributes.AcceptedRequest ?? admittedUpdates.GetValueOrDefault(attributes.ProtocolInstanceId)
                ?? sequence.Events.Select(s => s.WorkflowExecutionUpdateAdmittedEventAttributes?.Request)
                    .FirstOrDefault(r => r?.Meta?.UpdateId == attributes.ProtocolInstanceId);
            if (request != null)
            {
                accepted.Add(new(
                    attributes.AcceptedRequestMessageId,
                    attributes.ProtocolInstanceId,
                    attributes.AcceptedRequestSequencingEventId,
                    request));
            }
        }

        return [.. accepted.OrderBy(u => u.EventId)];
    }

    private void AddUpdateJob(UpdateRequest update, List<(int Order, Action Apply)> jobs) =>
        jobs.Add((MessageJob, () => QueueTask(() =>
        {
            _ = Instance;
            CurrentUpdate.Value = new(update.Request.Meta.UpdateId, update.Request.Input.Name);
            return RunUpdateAsync(update);
        })));

    private Task RunUpdateAsync(UpdateRequest update)
    {
        var name = update.Request.Input.Name;
        var id = update.Request.Meta.UpdateId;
        var handler = updates.TryGetValue(name, out var named) ? named : HandlerNames.IsReserved(name) ? null : dynamicUpdate;
        if (handler == null)
        {
            Reject(update, new InvalidOperationException(
                $"Update handler for {name} expected but not found, known updates: [{string.Join(" ", updates.Keys.Order())}]"));
            return Task.CompletedTask;
        }

        var headers = update.Request.Input.Header.ToFields();
        object?[] Args() => DecodeArgs(
            handler.SignatureMethod, update.Request.Input.Args.OrEmpty(), $"Update {name}", handler.Dynamic, name);
        object?[] args;
        try
        {
            if (!IsReplaying && handler.HasValidator)
            {
                Validate(new(id, name, handler, Args(), headers));
                if (activationFailure != null)
                {
                    return Task.CompletedTask;
                }
            }

            args = Args();
        }
        catch (Exception e)
        {
            Reject(update, e);
            return Task.CompletedTask;
        }

        Accept(update);
        return HandleUpdateAsync(update, handler, new(id, name, handler, args, headers));
    }

    private void Validate(Interceptors.HandleUpdateInput input)
    {
        var issued = commands.Issued;
        inQueryOrValidator = true;
        try
        {
            Interceptors.Inbound.ValidateUpdate(input);
        }
        finally
        {
            inQueryOrValidator = false;
        }

        if (commands.Issued != issued)
        {
            activationFailure ??= new InvalidOperationException(
                $"The validator of update {input.Update} issued workflow commands, which a validator must not");
        }
    }

    // The answer is a task of its own even when the handler never waits: that is its place among the run's commands.
    private Task HandleUpdateAsync(UpdateRequest update, WorkflowUpdateDefinition handler, Interceptors.HandleUpdateInput input)
    {
        var task = Interceptors.Inbound.HandleUpdateAsync(input);
        var running = runningHandlers.AddLast(new RunningHandler(input.Update, input.Id, handler.UnfinishedPolicy));
        return task.ContinueWith(
            _ =>
            {
                runningHandlers.Remove(running);
                try
                {
                    FinishUpdate(update, task);
                }
                catch (Exception e)
                {
                    activationFailure ??= e;
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            scheduler);
    }

    private void FinishUpdate(UpdateRequest update, Task<object?> task)
    {
        var failure = task.IsCanceled ? new TaskCanceledException(task) : task.Exception?.InnerException;
        try
        {
            if (failure == null)
            {
                Respond(update, new() { Success = new() { Payloads_ = { PayloadConverter.ToPayload(task.Result) } } });
                return;
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        if (IsWorkflowFailure(failure))
        {
            Respond(update, new() { Failure = FailureConverter.ToFailure(failure, PayloadConverter) });
        }
        else
        {
            activationFailure ??= failure;
        }
    }

    private void Accept(UpdateRequest update) => Answer(
        update,
        "accept",
        new Acceptance
        {
            AcceptedRequestMessageId = update.MessageId,
            AcceptedRequestSequencingEventId = update.EventId,
            AcceptedRequest = update.Request,
        },
        EventType.WorkflowExecutionUpdateAccepted,
        e => e.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId == update.ProtocolInstanceId);

    private void Respond(UpdateRequest update, Outcome outcome) => Answer(
        update,
        "complete",
        new Response { Meta = update.Request.Meta, Outcome = outcome },
        EventType.WorkflowExecutionUpdateCompleted,
        e => e.WorkflowExecutionUpdateCompletedEventAttributes.Meta?.UpdateId == update.Request.Meta.UpdateId);

    private void Answer(
        UpdateRequest update, string step, Google.Protobuf.IMessage body, EventType expected, Func<HistoryEvent, bool> matches)
    {
        var messageId = $"{update.MessageId}/{step}";
        if (!IsReplaying)
        {
            outgoing.Add(new(messageId, update.ProtocolInstanceId, body));
        }

        commands.Add(new(
            new()
            {
                CommandType = CommandType.ProtocolMessage,
                ProtocolMessageCommandAttributes = new() { MessageId = messageId },
            },
            expected,
            $"ProtocolMessage ({step} update {update.Request.Input.Name} with id {update.Request.Meta.UpdateId})")
        {
            Differs = e => matches(e) ? null : "the event is of another update",
        });
    }

    private void Reject(UpdateRequest update, Exception e)
    {
        if (IsReplaying)
        {
            throw new WorkflowNondeterminismException(
                $"Nondeterminism: history has an accepted update {update.Request.Input.Name}, but the workflow code rejects it: {e.Message}");
        }

        outgoing.Add(new(
            $"{update.MessageId}/reject",
            update.ProtocolInstanceId,
            new Rejection
            {
                RejectedRequestMessageId = update.MessageId,
                RejectedRequestSequencingEventId = update.EventId,
                RejectedRequest = update.Request,
                Failure = FailureConverter.ToFailure(e, PayloadConverter),
            }));
    }
}
