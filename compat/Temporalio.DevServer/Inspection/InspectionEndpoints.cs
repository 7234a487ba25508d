using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Temporalio.DevServer.Inspection;

/// <summary>The read-only pages at the UI port.</summary>
internal static class InspectionEndpoints
{
    private const string HtmlType = "text/html; charset=utf-8";
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    public static void MapInspection(this IEndpointRouteBuilder routes, IInspectionSource source, string defaultNamespace)
    {
        routes.MapGet("/", () => Results.Redirect(Links.Workflows(defaultNamespace)));
        routes.MapGet("/workflows", (HttpContext http, string? @namespace, string? query, string? page) => ShowAsync(
            http,
            async () =>
            {
                var (status, list) = await WorkflowListPage.RenderAsync(source, @namespace ?? defaultNamespace, query ?? "", page, http.RequestAborted);
                return Results.Content(list, HtmlType, statusCode: status);
            }));
        routes.MapGet("/workflow", (HttpContext http, string? id, string? @namespace, string? run, string? expand) => ShowAsync(
            http,
            async () => Results.Content(
                await WorkflowPage.RenderAsync(
                    source, @namespace ?? defaultNamespace, Required(id), run ?? "", expand is not null, http.RequestAborted),
                HtmlType)));
        routes.MapGet("/workflow/history.json", (HttpContext http, string? id, string? @namespace, string? run) => ShowAsync(
            http,
            async () =>
            {
                var history = await source.HistoryAsync(@namespace ?? defaultNamespace, Required(id), run ?? "", http.RequestAborted);
                http.Response.Headers.ContentDisposition = "attachment; filename=\"events.json\"";
                return Results.Content(Formatter.Format(history), "application/json");
            }));
        routes.MapFallback((HttpContext http, HttpRequest request) => ShowAsync(
            http, () => throw new InspectionException(404, $"There is no page {request.Path}: start from the list of workflows.")));
    }

    private static string Required(string? id) => !string.IsNullOrEmpty(id)
        ? id
        : throw new InspectionException(400, "The address names no workflow: add ?id= with a workflow id, or start from the list of workflows.");

    private static async Task<IResult> ShowAsync(HttpContext http, Func<Task<IResult>> render)
    {
        // No script runs on these pages at all; this also holds for markup in payloads.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await render();
        }
        catch (InspectionException e)
        {
            return NotShown(e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            return NotShown(500, $"This page could not be made: {e.GetType().Name}: {e.Message}");
        }
    }

    private static IResult NotShown(int status, string why) => Results.Content(
        Layout.Page("Not shown", Html.Empty, Html.Of($"<p class=\"notice\" role=\"alert\">{why}</p>")), HtmlType, statusCode: status);
}
