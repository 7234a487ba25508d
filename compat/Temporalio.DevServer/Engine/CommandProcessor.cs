using Temporalio.Api.Command.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Turns the commands and messages of a completed workflow task into events.</summary>
internal static class CommandProcessor
{
    public static void Run(CommandContext context, IEnumerable<Command> commands, IEnumerable<Message> messages)
    {
        var waiting = new Dictionary<string, Message>();
        foreach (var message in messages)
        {
            if (message.Body is null || !waiting.TryAdd(message.Id, message))
            {
                throw new CommandException(
                    WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, $"The message {message.Id} has no body, or another one has its id.");
            }
        }

        foreach (var rejection in waiting.Values.Where(static message => message.Body.Is(Rejection.Descriptor)).ToList())
        {
            // No command goes with a rejection, so it is told even when the workflow ends here.
            waiting.Remove(rejection.Id);
            UpdateRules.Handle(context, rejection);
        }

        foreach (var command in commands)
        {
            if (context.Closed)
            {
                // Nothing can follow the end.
                break;
            }

            context.Metadata = command.UserMetadata;
            if (command.CommandType == CommandType.ProtocolMessage)
            {
                if (!waiting.Remove(command.ProtocolMessageCommandAttributes.MessageId, out var message))
                {
                    throw new CommandException(
                        WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage,
                        $"ProtocolMessageCommand referenced absent message ID {command.ProtocolMessageCommandAttributes.MessageId}");
                }

                UpdateRules.Handle(context, message);
            }
            else
            {
                Apply(context, command);
            }
        }

        context.Metadata = null;
        if (!context.Closed)
        {
            foreach (var message in waiting.Values)
            {
                UpdateRules.Handle(context, message);
            }
        }
    }

    private static void Apply(CommandContext context, Command command)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                ActivityCommands.Schedule(context, command.ScheduleActivityTaskCommandAttributes);
                break;
            case CommandType.RequestCancelActivityTask:
                ActivityCommands.RequestCancel(context, command.RequestCancelActivityTaskCommandAttributes);
                break;
            case CommandType.StartTimer:
                TimerRules.Start(context, command.StartTimerCommandAttributes);
                break;
            case CommandType.CancelTimer:
                TimerRules.Cancel(context, command.CancelTimerCommandAttributes);
                break;
            case CommandType.CompleteWorkflowExecution:
                CloseCommands.Complete(context, command.CompleteWorkflowExecutionCommandAttributes);
                break;
            case CommandType.FailWorkflowExecution:
                CloseCommands.Fail(context, command.FailWorkflowExecutionCommandAttributes);
                break;
            case CommandType.CancelWorkflowExecution:
                CloseCommands.Cancel(context, command.CancelWorkflowExecutionCommandAttributes);
                break;
            case CommandType.ContinueAsNewWorkflowExecution:
                CloseCommands.ContinueAsNew(context, command.ContinueAsNewWorkflowExecutionCommandAttributes);
                break;
            case CommandType.StartChildWorkflowExecution:
                ChildRules.Start(context, command.StartChildWorkflowExecutionCommandAttributes);
                break;
            case CommandType.SignalExternalWorkflowExecution:
                ExternalRules.Signal(context, command.SignalExternalWorkflowExecutionCommandAttributes);
                break;
            case CommandType.RequestCancelExternalWorkflowExecution:
                ExternalRules.Cancel(context, command.RequestCancelExternalWorkflowExecutionCommandAttributes);
                break;
            case CommandType.RecordMarker:
                UpsertCommands.Marker(context, command.RecordMarkerCommandAttributes);
                break;
            case CommandType.UpsertWorkflowSearchAttributes:
                UpsertCommands.SearchAttributes(context, command.UpsertWorkflowSearchAttributesCommandAttributes);
                break;
            case CommandType.ModifyWorkflowProperties:
                UpsertCommands.Properties(context, command.ModifyWorkflowPropertiesCommandAttributes);
                break;
            default:
                throw new CommandException(WorkflowTaskFailedCause.FeatureDisabled, $"This server does not implement the command {command.CommandType}.");
        }
    }
}
