using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>One workflow: summary, current details, pending activities, timeline and every event in full.</summary>
internal static class WorkflowPage
{
    public static async Task<string> RenderAsync(
        IInspectionSource source, string @namespace, string workflowId, string runId, bool expanded, CancellationToken cancellationToken)
    {
        var description = await source.DescribeAsync(
            new DescribeWorkflowExecutionRequest { Namespace = @namespace, Execution = new() { WorkflowId = workflowId, RunId = runId } },
            cancellationToken);
        var info = description.WorkflowExecutionInfo;
        var run = info.Execution.RunId;
        var history = await source.HistoryAsync(@namespace, workflowId, run, cancellationToken);
        var metadata = await source.MetadataAsync(@namespace, workflowId, run, info.TaskQueue, cancellationToken);
        var now = info.CloseTime?.ToDateTime() ?? source.Now;
        return Layout.Page(workflowId, Html.Of($"<a href=\"{Links.Workflows(@namespace)}\">← Workflows in {@namespace}</a>"), Html.Of(
            $"""
            <h1>{workflowId} {StatusText.Of(info.Status)}</h1>
            {Summary(@namespace, description, now)}
            {CurrentDetails(metadata)}
            {PendingActivities(description)}
            {Ends(history)}
            {TimelineSection.Of(history, now)}
            {HistorySection.Of(history, @namespace, workflowId, run, expanded)}
            """));
    }

    private static Html Summary(string @namespace, DescribeWorkflowExecutionResponse description, DateTime now)
    {
        var info = description.WorkflowExecutionInfo;
        var metadata = description.ExecutionConfig?.UserMetadata;
        var ran = Times.Length(now - info.StartTime.ToDateTime());
        return Html.Of(
            $"""
            <dl>{Entry("Summary", metadata?.Summary is { } summary ? Html.Of($"{Attributes.Plain(summary)}") : null)}
            {Entry("Details", metadata?.Details is { } details ? Html.Of($"<pre>{Attributes.Plain(details)}</pre>") : null)}
            {Entry("Type", Html.Of($"{info.Type?.Name}"))}
            {Entry("Search attributes", info.SearchAttributes?.IndexedFields.Count > 0 ? Attributes.Of(info.SearchAttributes) : null)}
            {Entry("Started", Html.Of($"{Times.Of(info.StartTime)}"))}
            {Entry(info.CloseTime is null ? "Running for" : "Closed", Html.Of($"{Times.Of(info.CloseTime)} <span class=\"muted\">{(info.CloseTime is null ? ran : $"after {ran}")}</span>"))}
            {Entry("Task queue", Html.Of($"{info.TaskQueue}"))}
            {Entry("Run", Html.Of($"<code>{info.Execution.RunId}</code>"))}
            {Entry("Parent", info.ParentExecution is { } parent ? Html.Of($"<a href=\"{Links.Workflow(@namespace, parent.WorkflowId, parent.RunId)}\">{parent.WorkflowId}</a>") : null)}</dl>
            """);
    }

    private static Html Entry(string name, Html? value) => value is { } html ? Html.Of($"<dt>{name}</dt><dd>{html}</dd>") : Html.Empty;

    private static Html CurrentDetails(MetadataAnswer answer) => answer switch
    {
        { Missing: { } why } => Html.Of($"<p class=\"muted\" id=\"no-details\">{why}</p>"),
        { Metadata.CurrentDetails: { } details } when !string.IsNullOrWhiteSpace(details) =>
            Html.Of($"<h2>Current details</h2><div class=\"card\" id=\"current-details\">{DetailsMarkdown.Of(details)}</div>"),
        _ => Html.Empty,
    };

    private static Html PendingActivities(DescribeWorkflowExecutionResponse description) => description.PendingActivities.Count == 0
        ? Html.Empty
        : Html.Of(
            $"""
            <h2>Pending activities</h2>
            <table class="rows" id="pending"><thead><tr><th>Activity</th><th>State</th><th>Attempt</th><th>Last failure</th><th>Heartbeat</th></tr></thead>
            <tbody>{Html.Join(description.PendingActivities.Select(PendingActivity))}</tbody></table>
            """);

    private static Html PendingActivity(PendingActivityInfo activity)
    {
        var attempts = activity.MaximumAttempts > 0 ? $"{activity.Attempt} of {activity.MaximumAttempts}" : $"{activity.Attempt}";
        return Html.Of(
            $"""
            <tr><td class="text">{activity.ActivityType?.Name}</td><td data-name="State">{activity.State}</td><td class="number" data-name="Attempt">{attempts}</td>
            <td class="text bad" data-name="Last failure">{activity.LastFailure?.Message}</td><td class="text">{Heartbeat(activity)}</td></tr>

            """);
    }

    private static Html Heartbeat(PendingActivityInfo activity) =>
        activity.HeartbeatDetails is null ? Html.Empty : Html.Of($"<pre>{PayloadText.Of(activity.HeartbeatDetails)}</pre>");

    /// <summary>What went in and what came out.</summary>
    private static Html Ends(History history)
    {
        var input = history.Events.FirstOrDefault()?.WorkflowExecutionStartedEventAttributes?.Input;
        var last = history.Events.LastOrDefault();
        var failure = last?.WorkflowExecutionFailedEventAttributes?.Failure;
        var (name, text) = last switch
        {
            { WorkflowExecutionCompletedEventAttributes: { } completed } => ("Result", PayloadText.Of(completed.Result)),
            { WorkflowExecutionTerminatedEventAttributes: { } terminated } => ("Terminated", terminated.Reason),
            _ => ("Failure", FailureText.Brief(failure)),
        };
        var cards = new[] { Card("Input", PayloadText.Of(input)), Card(name, text) };
        return Html.Of($"<div class=\"cards\">{Html.Join(cards)}</div>");
    }

    private static Html Card(string name, string text) => text.Length == 0
        ? Html.Empty
        : Html.Of($"<section class=\"card\"><h3>{name}</h3><pre tabindex=\"0\" aria-label=\"{name}\">{text}</pre></section>");
}
