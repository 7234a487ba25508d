namespace Temporalio.DevServer.Inspection;

/// <summary>A status by word, glyph and colour.</summary>
internal static class StatusText
{
    public static string Tone(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.Running => "wait",
        WorkflowExecutionStatus.Completed => "good",
        WorkflowExecutionStatus.ContinuedAsNew or WorkflowExecutionStatus.Canceled => "calm",
        _ => "bad",
    };

    public static string Word(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.ContinuedAsNew => "Continued as new",
        WorkflowExecutionStatus.TimedOut => "Timed out",
        _ => status.ToString(),
    };

    public static Html Of(WorkflowExecutionStatus status)
    {
        var glyph = status switch
        {
            WorkflowExecutionStatus.Running => "▶",
            WorkflowExecutionStatus.Completed => "✓",
            WorkflowExecutionStatus.ContinuedAsNew => "↻",
            WorkflowExecutionStatus.Canceled => "■",
            _ => "✗",
        };
        return Html.Of($"<span class=\"status {Tone(status)}\"><span aria-hidden=\"true\">{glyph}</span> {Word(status)}</span>");
    }
}
