namespace Temporalio.DevServer.Inspection;

/// <summary>The compact timeline: a bar for all that took time, a dot for what came at once.</summary>
internal static class TimelineSection
{
    private const int Limit = 500;

    public static Html Of(History history, DateTime now)
    {
        var spans = Spans.Of(history);
        if (spans.Count == 0)
        {
            return Html.Empty;
        }

        var shown = spans.Skip(Math.Max(0, spans.Count - Limit)).ToList();
        var from = shown[0].From;
        var to = shown.All(span => span.To is not null) ? shown.Max(span => span.To!.Value) : now;
        var left = spans.Count - shown.Count;
        return Html.Of(
            $"""
            <h2>Timeline{(left == 0 ? Html.Empty : Html.Of($" <small class=\"muted\">the last {shown.Count}; {left} earlier ones are in the history below</small>"))}</h2>
            <ol class="timeline">{Html.Join(shown.Select(span => Row(span, from, to, now)))}</ol>
            """);
    }

    private static Html Row(Span span, DateTime from, DateTime to, DateTime now)
    {
        var whole = Math.Max((to - from).TotalMilliseconds, 1);
        var start = Math.Clamp((span.From - from).TotalMilliseconds / whole * 100, 0, 99.5);
        var width = Math.Clamp(((span.To ?? now) - span.From).TotalMilliseconds / whole * 100, 0, 100 - start);
        var style = FormattableString.Invariant($"left:{start:0.##}%;width:{width:0.##}%");
        var took = span.To == span.From && span.Outcome.Length == 0
            ? ""
            : $"{Times.Length((span.To ?? now) - span.From)} {(span.To is null ? "so far" : span.Outcome)}";
        var note = string.IsNullOrEmpty(span.Note) ? Html.Empty : Html.Of($"<span class=\"note bad\">{span.Note}</span>");
        return Html.Of(
            $"""
            <li><a class="number" href="#event-{span.EventId}">#{span.EventId}</a>
            <span class="what"><span class="muted">{span.Kind}</span> {span.Name}</span>
            <span class="track {span.Tone}"><i{(span.To is null ? Html.Trusted(" class=\"open\"") : Html.Empty)} style="{style}"></i></span>
            <span class="took {span.Tone}">{took}</span>{note}</li>

            """);
    }
}
