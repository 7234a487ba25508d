namespace Temporalio.DevServer.Inspection;

/// <summary>Every event in full, folded up until it is asked for.</summary>
internal static class HistorySection
{
    public static Html Of(History history, string @namespace, string workflowId, string runId, bool expanded)
    {
        var toggle = $"{Links.Workflow(@namespace, workflowId, runId)}{(expanded ? "" : "&expand=1")}#history";
        return Html.Of(
            $"""
            <h2 id="history">History <small class="muted">{history.Events.Count} events</small>
            <small><a href="{toggle}">{(expanded ? "Fold up" : "Unfold all")}</a></small>
            <small><a href="{Links.HistoryJson(@namespace, workflowId, runId)}" download>Download as JSON</a></small></h2>
            <table class="rows" id="events"><thead><tr><th>#</th><th>Time (UTC)</th><th>Event</th></tr></thead>
            <tbody>{Html.Join(history.Events.Select(source => Row(EventView.Of(source), expanded)))}</tbody></table>
            """);
    }

    private static Html Row(EventView view, bool expanded)
    {
        var fields = Html.Join(view.Fields.Select(field => Html.Of($"<dt>{field.Name}</dt><dd><pre>{field.Text}</pre></dd>")));
        var open = expanded ? Html.Trusted(" open") : Html.Empty;
        return Html.Of(
            $"""
            <tr id="event-{view.Id}"><td class="number">{view.Id}</td><td class="time">{Times.OfDay(view.Time)}</td>
            <td class="text"><details{open}><summary>{view.Type} <span class="muted">{view.Summary}</span></summary><dl>{fields}</dl></details></td></tr>

            """);
    }
}
