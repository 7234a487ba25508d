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
            async () => Results.Content(
                await WorkflowListPage.RenderAsync(source, @namespace ?? defaultNamespace, query ?? "", page, http.RequestAborted), HtmlType)));
        routes.MapGet("/workflow", (HttpContext http, string id, string? @namespace, string? run, string? expand) => ShowAsync(
            http,
            async () => Results.Content(
                await WorkflowPage.RenderAsync(
                    source, @namespace ?? defaultNamespace, id, run ?? "", expand is not null, http.RequestAborted),
                HtmlType)));
        routes.MapGet("/workflow/history.json", (HttpContext http, string id, string? @namespace, string? run) => ShowAsync(
            http,
            async () =>
            {
                var history = await source.HistoryAsync(@namespace ?? defaultNamespace, id, run ?? "", http.RequestAborted);
                http.Response.Headers.ContentDisposition = "attachment; filename=\"events.json\"";
                return Results.Content(Formatter.Format(history), "application/json");
            }));
    }

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
            var page = Layout.Page("Not shown", Html.Empty, Html.Of($"<p class=\"notice\" role=\"alert\">{e.Message}</p>"));
            return Results.Content(page, HtmlType, statusCode: e.StatusCode);
        }
    }
}
