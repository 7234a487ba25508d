using System.Globalization;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>The workflows of a namespace with a filter box.</summary>
internal static class WorkflowListPage
{
    private const int PageSize = 100;

    public static async Task<string> RenderAsync(
        IInspectionSource source, string @namespace, string query, string? pageToken, CancellationToken cancellationToken)
    {
        var namespaces = await source.ListNamespacesAsync(cancellationToken);
        Html content;
        try
        {
            var token = string.IsNullOrEmpty(pageToken) ? ByteString.Empty : ByteString.FromBase64(pageToken);
            var page = await source.ListAsync(
                new ListWorkflowExecutionsRequest { Namespace = @namespace, Query = query, PageSize = PageSize, NextPageToken = token },
                cancellationToken);
            var count = await source.CountAsync(
                new CountWorkflowExecutionsRequest { Namespace = @namespace, Query = query }, cancellationToken);
            content = Table(@namespace, query, page, count.Count);
        }
        catch (InspectionException e)
        {
            content = Html.Of($"<p class=\"notice\" role=\"alert\">{e.Message}</p>");
        }

        var navigation = Html.Join(namespaces.Namespaces.Select(found => found.NamespaceInfo.Name).Select(name => Html.Of(
            $"<a href=\"{Links.Workflows(name)}\"{(name == @namespace ? Html.Trusted(" aria-current=\"page\"") : Html.Empty)}>{name}</a>")));
        return Layout.Page($"Workflows in {@namespace}", navigation, Html.Of(
            $"""
            <h1>Workflows in {@namespace}</h1>
            <form method="get" action="/workflows" role="search">
            <input type="hidden" name="namespace" value="{@namespace}">
            <input type="search" name="query" value="{query}" autofocus aria-label="Filter" placeholder="WorkflowType = 'ShootMigrationWorkflow' AND ExecutionStatus = 'Running'">
            <button>Filter</button></form>
            {content}
            """));
    }

    private static Html Table(string @namespace, string query, ListWorkflowExecutionsResponse page, long count)
    {
        var rows = Html.Join(page.Executions.Select(execution => Row(@namespace, execution)));
        var next = page.NextPageToken.IsEmpty
            ? Html.Empty
            : Html.Of($"<p><a rel=\"next\" href=\"{Links.Workflows(@namespace, query, page.NextPageToken.ToBase64())}\">Next page</a></p>");
        return Html.Of(
            $"""
            <p class="muted">{count} found</p>
            <table><thead><tr><th>Status</th><th>Workflow</th><th>Type</th><th>Search attributes</th><th>Started</th><th>Closed</th><th>Events</th></tr></thead>
            <tbody>{rows}</tbody></table>{next}
            """);
    }

    private static Html Row(string @namespace, WorkflowExecutionInfo execution)
    {
        var attributes = Html.Join((execution.SearchAttributes?.IndexedFields ?? [])
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Html.Of($"<span class=\"muted\">{pair.Key}</span> {PayloadText.Of(pair.Value)}<br>")));
        return Html.Of(
            $"""
            <tr><td>{StatusText.Of(execution.Status)}</td>
            <td class="id"><a href="{Links.Workflow(@namespace, execution.Execution.WorkflowId, execution.Execution.RunId)}">{execution.Execution.WorkflowId}</a></td>
            <td>{execution.Type?.Name}</td><td>{attributes}</td>
            <td class="time">{Time(execution.StartTime)}</td><td class="time">{Time(execution.CloseTime)}</td>
            <td class="number">{execution.HistoryLength}</td></tr>

            """);
    }

    private static string Time(Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is null ? "" : time.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
