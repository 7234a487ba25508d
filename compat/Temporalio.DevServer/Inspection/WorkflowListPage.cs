using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>The workflows of a namespace with a filter box.</summary>
internal static class WorkflowListPage
{
    private const int PageSize = 100;
    private static readonly string[] Statuses = ["Running", "Completed", "Failed", "Canceled", "Terminated", "TimedOut"];

    public static async Task<(int StatusCode, string Page)> RenderAsync(
        IInspectionSource source, string @namespace, string query, string? pageToken, CancellationToken cancellationToken)
    {
        var namespaces = await source.ListNamespacesAsync(cancellationToken);
        Html content;
        var status = 200;
        try
        {
            var token = Token(pageToken);
            var page = await source.ListAsync(
                new ListWorkflowExecutionsRequest { Namespace = @namespace, Query = query, PageSize = PageSize, NextPageToken = token },
                cancellationToken);
            var count = await source.CountAsync(
                new CountWorkflowExecutionsRequest { Namespace = @namespace, Query = query }, cancellationToken);
            content = Table(@namespace, query, page, count.Count);
        }
        catch (InspectionException e)
        {
            status = e.StatusCode;
            content = Html.Of($"<p class=\"notice\" role=\"alert\">{e.Message}</p>");
        }

        var navigation = Html.Join(namespaces.Namespaces.Select(found => found.NamespaceInfo.Name).Select(name => Html.Of(
            $"<a href=\"{Links.Workflows(name)}\"{(name == @namespace ? Html.Trusted(" aria-current=\"page\"") : Html.Empty)}>{name}</a>")));
        return (status, Layout.Page($"Workflows in {@namespace}", navigation, Html.Of(
            $"""
            <h1>Workflows</h1>
            <form method="get" action="/workflows" role="search">
            <input type="hidden" name="namespace" value="{@namespace}">
            <input type="search" name="query" value="{query}" accesskey="/" spellcheck="false" autocomplete="off" aria-label="Filter" placeholder="WorkflowType = 'ShootMigrationWorkflow' AND ExecutionStatus = 'Running'">
            <button>Filter</button></form>
            {content}
            """)));
    }

    private static ByteString Token(string? pageToken)
    {
        try
        {
            return string.IsNullOrEmpty(pageToken) ? ByteString.Empty : ByteString.FromBase64(pageToken);
        }
        catch (FormatException)
        {
            throw new InspectionException(400, "The address names a page that this server never made: start again from the first page.");
        }
    }

    private static Html Table(string @namespace, string query, ListWorkflowExecutionsResponse page, long count)
    {
        if (page.Executions.Count == 0)
        {
            var hint = query.Length == 0 ? Html.Of($"No workflows yet.") : Html.Of($"Nothing matches. <a href=\"{Links.Workflows(@namespace)}\">Show all</a>");
            return Html.Of($"<p class=\"muted\">{hint}</p>");
        }

        var rows = Html.Join(page.Executions.Select(execution => Row(@namespace, execution)));
        var next = page.NextPageToken.IsEmpty
            ? Html.Empty
            : Html.Of($"<p><a rel=\"next\" href=\"{Links.Workflows(@namespace, query, page.NextPageToken.ToBase64())}\">Next page</a></p>");
        return Html.Of(
            $"""
            <p class="muted">{count} {(count == 1 ? "workflow" : "workflows")}{StatusLinks(@namespace, query)}</p>
            <table class="rows" id="workflows"><thead><tr><th>Status</th><th>Workflow</th><th>Search attributes</th><th>Started (UTC)</th><th>Closed</th><th>Events</th></tr></thead>
            <tbody>{rows}</tbody></table>{next}
            """);
    }

    private static Html StatusLinks(string @namespace, string query) => query.Length > 0
        ? Html.Of($" · <a href=\"{Links.Workflows(@namespace)}\">show all</a>")
        : Html.Join(Statuses.Select(status => Html.Of(
            $" · <a href=\"{Links.Workflows(@namespace, $"ExecutionStatus = '{status}'")}\">{status switch { "TimedOut" => "timed out", _ => status.ToLowerInvariant() }}</a>")));

    private static Html Row(string @namespace, WorkflowExecutionInfo execution) => Html.Of(
        $"""
        <tr><td>{StatusText.Of(execution.Status)}</td>
        <td class="text"><a href="{Links.Workflow(@namespace, execution.Execution.WorkflowId, execution.Execution.RunId)}">{execution.Execution.WorkflowId}</a><br><span class="muted">{execution.Type?.Name}</span></td>
        <td class="text">{Attributes.Of(execution.SearchAttributes)}</td>
        <td class="time" data-name="Started">{Times.Of(execution.StartTime)}</td><td class="time"{Name(execution)}>{Closed(execution)}</td>
        <td class="number" data-name="Events">{(execution.HistoryLength == 0 ? "" : $"{execution.HistoryLength}")}</td></tr>

        """);

    private static Html Name(WorkflowExecutionInfo execution) =>
        execution.CloseTime is null ? Html.Empty : Html.Trusted(" data-name=\"Closed\"");

    private static Html Closed(WorkflowExecutionInfo execution) => execution.CloseTime is null
        ? Html.Empty
        : Html.Of($"<span title=\"{execution.CloseTime}\">after {Times.Length(execution.CloseTime.ToDateTime() - execution.StartTime.ToDateTime())}</span>");
}
