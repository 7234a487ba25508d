using Temporalio.Api.Command.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Engine;

/// <summary>
/// The payload codec of one workflow run. A codec that wants to know whose payloads it sees is told: the workflow's own, those of one of its
/// activities, or those of another workflow.
/// </summary>
internal sealed class WorkflowCodec(IPayloadCodec? codec, string workflowNamespace, string workflowId, string workflowType, string taskQueue)
{
    private readonly Dictionary<long, IPayloadCodec?> activities = [];
    private readonly bool contextual = codec is IWithSerializationContext<IPayloadCodec>;

    internal IPayloadCodec? Own { get; } = With(codec, new ISerializationContext.Workflow(workflowNamespace, workflowId));

    internal Task EncodeAsync(Command command) => PayloadVisitor.EncodeAsync(contextual ? Of(command) : codec, command);

    internal Task DecodeAsync(HistoryEvent e)
    {
        if (!contextual)
        {
            return PayloadVisitor.DecodeAsync(codec, e);
        }

        if (e.ActivityTaskScheduledEventAttributes is { } scheduled)
        {
            // Later events of the activity name only this one.
            activities[e.EventId] = OfActivity(scheduled.ActivityId, scheduled.ActivityType.Name, scheduled.TaskQueue.Name, false);
        }

        return PayloadVisitor.DecodeAsync(Of(e), e);
    }

    private static IPayloadCodec? With(IPayloadCodec? codec, ISerializationContext context) =>
        codec is IWithSerializationContext<IPayloadCodec> aware ? aware.WithSerializationContext(context) : codec;

    private IPayloadCodec? Of(Command command) => command.AttributesCase switch
    {
        Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes => OfActivity(
            command.ScheduleActivityTaskCommandAttributes.ActivityId,
            command.ScheduleActivityTaskCommandAttributes.ActivityType.Name,
            command.ScheduleActivityTaskCommandAttributes.TaskQueue.Name,
            false),
        Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes =>
            OfWorkflow(command.StartChildWorkflowExecutionCommandAttributes.WorkflowId),
        Command.AttributesOneofCase.SignalExternalWorkflowExecutionCommandAttributes =>
            OfWorkflow(command.SignalExternalWorkflowExecutionCommandAttributes.Execution.WorkflowId),
        Command.AttributesOneofCase.RecordMarkerCommandAttributes when LocalActivityMarker.TryRead(
            command.RecordMarkerCommandAttributes.MarkerName,
            command.RecordMarkerCommandAttributes.Details,
            null) is { } marker => OfLocal(marker),
        _ => Own,
    };

    private IPayloadCodec? Of(HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes => OfActivity(e.EventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes => OfActivity(e.ActivityTaskStartedEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes => OfActivity(e.ActivityTaskCompletedEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes => OfActivity(e.ActivityTaskFailedEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes => OfActivity(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes => OfActivity(e.ActivityTaskCanceledEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes =>
            OfWorkflow(e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes =>
            OfWorkflow(e.ChildWorkflowExecutionCompletedEventAttributes.WorkflowExecution.WorkflowId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes =>
            OfWorkflow(e.ChildWorkflowExecutionFailedEventAttributes.WorkflowExecution.WorkflowId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes =>
            OfWorkflow(e.ChildWorkflowExecutionCanceledEventAttributes.WorkflowExecution.WorkflowId),
        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionInitiatedEventAttributes =>
            OfWorkflow(e.SignalExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution.WorkflowId),
        HistoryEvent.AttributesOneofCase.MarkerRecordedEventAttributes when LocalActivityMarker.TryRead(e) is { } marker => OfLocal(marker),
        _ => Own,
    };

    private IPayloadCodec? OfActivity(long scheduledEventId) => activities.GetValueOrDefault(scheduledEventId, Own);

    private IPayloadCodec? OfActivity(string id, string type, string queue, bool local) =>
        With(codec, new ISerializationContext.Activity(workflowNamespace, id, workflowId, workflowType, type, queue, local));

    private IPayloadCodec? OfLocal(LocalActivityMarker marker) => OfActivity(marker.ActivityId, marker.ActivityType, taskQueue, true);

    private IPayloadCodec? OfWorkflow(string id) => With(codec, new ISerializationContext.Workflow(workflowNamespace, id));
}
