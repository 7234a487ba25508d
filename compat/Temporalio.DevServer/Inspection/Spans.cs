using Event = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Temporalio.DevServer.Inspection;

/// <summary>Draws the events of a history together: what was scheduled with how it ended, workflow tasks only where they failed.</summary>
internal sealed class Spans
{
    private readonly List<Span> all = [];
    private readonly Dictionary<long, Span> open = [];

    private Spans()
    {
    }

    public static IReadOnlyList<Span> Of(History history)
    {
        var spans = new Spans();
        foreach (var source in history.Events)
        {
            spans.Add(source);
        }

        return spans.all;
    }

    private void Add(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case Event.ActivityTaskScheduledEventAttributes:
                Begin(e, "Activity", e.ActivityTaskScheduledEventAttributes.ActivityType?.Name);
                break;
            case Event.TimerStartedEventAttributes:
                Begin(e, "Timer", Times.Length(e.TimerStartedEventAttributes.StartToFireTimeout?.ToTimeSpan() ?? TimeSpan.Zero));
                break;
            case Event.StartChildWorkflowExecutionInitiatedEventAttributes:
                Begin(e, "Child", e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId);
                break;
            case Event.SignalExternalWorkflowExecutionInitiatedEventAttributes:
                Begin(e, "Signal to", e.SignalExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution?.WorkflowId);
                break;
            case Event.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
                Begin(e, "Cancel", e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution?.WorkflowId);
                break;
            case Event.WorkflowExecutionUpdateAcceptedEventAttributes:
                Begin(e, "Update", e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest?.Input?.Name);
                break;
            default:
                if (!End(e))
                {
                    Point(e);
                }

                break;
        }
    }

    private bool End(HistoryEvent e) => e.AttributesCase switch
    {
        Event.ActivityTaskCompletedEventAttributes => Good(e, e.ActivityTaskCompletedEventAttributes.ScheduledEventId, "completed"),
        Event.ActivityTaskFailedEventAttributes =>
            Bad(e, e.ActivityTaskFailedEventAttributes.ScheduledEventId, "failed", e.ActivityTaskFailedEventAttributes.Failure),
        Event.ActivityTaskTimedOutEventAttributes =>
            Bad(e, e.ActivityTaskTimedOutEventAttributes.ScheduledEventId, "timed out", e.ActivityTaskTimedOutEventAttributes.Failure),
        Event.ActivityTaskCanceledEventAttributes => Calm(e, e.ActivityTaskCanceledEventAttributes.ScheduledEventId, "cancelled"),
        Event.TimerFiredEventAttributes => Good(e, e.TimerFiredEventAttributes.StartedEventId, "fired"),
        Event.TimerCanceledEventAttributes => Calm(e, e.TimerCanceledEventAttributes.StartedEventId, "cancelled"),
        Event.StartChildWorkflowExecutionFailedEventAttributes =>
            Bad(e, e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId, "not started", null),
        Event.ChildWorkflowExecutionCompletedEventAttributes =>
            Good(e, e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId, "completed"),
        Event.ChildWorkflowExecutionFailedEventAttributes =>
            Bad(e, e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId, "failed", e.ChildWorkflowExecutionFailedEventAttributes.Failure),
        Event.ChildWorkflowExecutionCanceledEventAttributes =>
            Calm(e, e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId, "cancelled"),
        Event.ChildWorkflowExecutionTimedOutEventAttributes =>
            Bad(e, e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId, "timed out", null),
        Event.ChildWorkflowExecutionTerminatedEventAttributes =>
            Bad(e, e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId, "terminated", null),
        Event.ExternalWorkflowExecutionSignaledEventAttributes =>
            Good(e, e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId, "delivered"),
        Event.SignalExternalWorkflowExecutionFailedEventAttributes =>
            Bad(e, e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId, "not delivered", null),
        Event.ExternalWorkflowExecutionCancelRequestedEventAttributes =>
            Good(e, e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId, "delivered"),
        Event.RequestCancelExternalWorkflowExecutionFailedEventAttributes =>
            Bad(e, e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId, "not delivered", null),
        Event.WorkflowExecutionUpdateCompletedEventAttributes => Update(e, e.WorkflowExecutionUpdateCompletedEventAttributes),
        _ => false,
    };

    private bool Update(HistoryEvent e, WorkflowExecutionUpdateCompletedEventAttributes update) => update.Outcome?.Failure is { } failure
        ? Bad(e, update.AcceptedEventId, "failed", failure)
        : Good(e, update.AcceptedEventId, "completed");

    private void Point(HistoryEvent e)
    {
        (string Kind, string? Name, string Tone, Failure? Failure)? point = e.AttributesCase switch
        {
            Event.WorkflowExecutionSignaledEventAttributes => ("Signal", e.WorkflowExecutionSignaledEventAttributes.SignalName, "good", null),
            Event.WorkflowExecutionCancelRequestedEventAttributes => ("Cancel requested", "", "calm", null),
            Event.MarkerRecordedEventAttributes => ("Marker", e.MarkerRecordedEventAttributes.MarkerName, "calm", e.MarkerRecordedEventAttributes.Failure),
            Event.UpsertWorkflowSearchAttributesEventAttributes => ("Search attributes", Names(e), "calm", null),
            Event.WorkflowTaskFailedEventAttributes => ("Workflow task", "failed", "bad", e.WorkflowTaskFailedEventAttributes.Failure),
            Event.WorkflowTaskTimedOutEventAttributes => ("Workflow task", "timed out", "bad", null),
            _ => null,
        };
        if (point is var (kind, name, tone, failure))
        {
            var span = Begin(e, kind, name);
            open.Remove(e.EventId);
            (span.To, span.Tone, span.Note) = (span.From, tone, failure?.Message);
        }
    }

    private static string Names(HistoryEvent e) =>
        string.Join(", ", (e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields.Keys ?? []).Order(StringComparer.Ordinal));

    private Span Begin(HistoryEvent e, string kind, string? name)
    {
        var text = e.UserMetadata?.Summary is { } summary ? Attributes.Plain(summary) : name ?? "";
        var span = new Span(e.EventId, e.EventTime.ToDateTime(), kind, text);
        all.Add(span);
        open[e.EventId] = span;
        return span;
    }

    private bool Good(HistoryEvent e, long begun, string outcome) => Close(e, begun, outcome, "good", null);

    private bool Calm(HistoryEvent e, long begun, string outcome) => Close(e, begun, outcome, "calm", null);

    private bool Bad(HistoryEvent e, long begun, string outcome, Failure? failure) =>
        Close(e, begun, outcome, "bad", failure?.Cause?.Message ?? failure?.Message);

    private bool Close(HistoryEvent e, long begun, string outcome, string tone, string? note)
    {
        if (!open.Remove(begun, out var span))
        {
            return false;
        }

        (span.To, span.Outcome, span.Tone, span.Note) = (e.EventTime.ToDateTime(), outcome, tone, note);
        return true;
    }
}
