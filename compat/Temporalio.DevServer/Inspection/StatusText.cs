namespace Temporalio.DevServer.Inspection;

/// <summary>A status by word, glyph and colour.</summary>
internal static class StatusText
{
    public static Html Of(WorkflowExecutionStatus status)
    {
        var (glyph, tone) = status switch
        {
            WorkflowExecutionStatus.Running => ("▶", "wait"),
            WorkflowExecutionStatus.Completed => ("✓", "good"),
            WorkflowExecutionStatus.ContinuedAsNew => ("↻", "muted"),
            WorkflowExecutionStatus.Canceled => ("■", "muted"),
            _ => ("✗", "bad"),
        };
        return Html.Of($"<span class=\"status {tone}\">{glyph} {status}</span>");
    }
}
