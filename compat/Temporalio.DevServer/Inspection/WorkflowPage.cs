using System.Globalization;
using Markdig;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>One workflow: summary, current details, pending activities, timeline and every event in full.</summary>
internal static class WorkflowPage
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static async Task<string> RenderAsync(
        IInspectionSource source, string @namespace, string workflowId, string runId, CancellationToken cancellationToken)
    {
        var description = await source.DescribeAsync(
            new DescribeWorkflowExecutionRequest { Namespace = @namespace, Execution = new() { WorkflowId = workflowId, RunId = runId } },
            cancellationToken);
        var info = description.WorkflowExecutionInfo;
        var run = info.Execution.RunId;
        var history = await source.HistoryAsync(@namespace, workflowId, run, cancellationToken);
        var metadata = await source.MetadataAsync(@namespace, workflowId, run, cancellationToken);
        var events = history.Events.Select(EventView.Of).ToList();
        return Layout.Page(workflowId, Html.Of($"<a href=\"{Links.Workflows(@namespace)}\">{@namespace}</a>"), Html.Of(
            $"""
            <h1>{workflowId}</h1>
            {Summary(description)}
            {CurrentDetails(metadata)}
            {PendingActivities(description)}
            <h2>Timeline</h2>
            <p><a href="{Links.HistoryJson(@namespace, workflowId, run)}" download>Download the history as JSON</a></p>
            <table id="events"><thead><tr><th>#</th><th>Time</th><th>Event</th><th></th></tr></thead>
            <tbody>{Html.Join(events.Select(Row))}</tbody></table>
            """));
    }

    private static Html Summary(DescribeWorkflowExecutionResponse description)
    {
        var info = description.WorkflowExecutionInfo;
        var summary = description.ExecutionConfig?.UserMetadata?.Summary is { } text ? PayloadText.Of(text) : null;
        var attributes = Html.Join((info.SearchAttributes?.IndexedFields ?? [])
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Html.Of($"<dt>{pair.Key}</dt><dd>{PayloadText.Of(pair.Value)}</dd>")));
        return Html.Of(
            $"""
            <dl><dt>Status</dt><dd>{StatusText.Of(info.Status)}</dd><dt>Type</dt><dd>{info.Type?.Name}</dd>
            <dt>Run</dt><dd>{info.Execution.RunId}</dd><dt>Task queue</dt><dd>{info.TaskQueue}</dd>
            <dt>Started</dt><dd>{Time(info.StartTime)}</dd><dt>Closed</dt><dd>{Time(info.CloseTime)}</dd>
            {(summary is null ? Html.Empty : Html.Of($"<dt>Summary</dt><dd>{summary}</dd>"))}{attributes}</dl>
            """);
    }

    private static Html CurrentDetails(WorkflowMetadata? metadata) => string.IsNullOrWhiteSpace(metadata?.CurrentDetails)
        ? Html.Empty
        : Html.Of($"<h2>Current details</h2><div class=\"details\">{Html.Trusted(Markdig.Markdown.ToHtml(metadata.CurrentDetails, Markdown))}</div>");

    private static Html PendingActivities(DescribeWorkflowExecutionResponse description) => description.PendingActivities.Count == 0
        ? Html.Empty
        : Html.Of(
            $"""
            <h2>Pending activities</h2>
            <table><thead><tr><th>Activity</th><th>State</th><th>Attempt</th><th>Last failure</th><th>Heartbeat</th></tr></thead>
            <tbody>{Html.Join(description.PendingActivities.Select(PendingActivity))}</tbody></table>
            """);

    private static Html PendingActivity(PendingActivityInfo activity) => Html.Of(
        $"""
        <tr><td>{activity.ActivityType?.Name}</td><td>{activity.State}</td><td class="number">{activity.Attempt}</td>
        <td>{activity.LastFailure?.Message}</td><td><pre>{PayloadText.Of(activity.HeartbeatDetails)}</pre></td></tr>

        """);

    private static Html Row(EventView view)
    {
        var fields = Html.Join(view.Fields.Select(field => Html.Of($"<dt>{field.Name}</dt><dd><pre>{field.Text}</pre></dd>")));
        return Html.Of(
            $"""
            <tr id="event-{view.Id}"><td class="number">{view.Id}</td><td class="time">{view.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}</td>
            <td><details><summary>{view.Type}</summary><dl>{fields}</dl></details></td><td>{view.Summary}</td></tr>

            """);
    }

    private static string Time(Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is null ? "" : time.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
