namespace Temporalio.DevServer.Inspection;

/// <summary>The frame around every page.</summary>
internal static class Layout
{
    private const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='none' stroke='%234f7df0' stroke-width='3'/%3E%3C/svg%3E";

    public static string Page(string title, Html navigation, Html body) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Temporal dev server</title><link rel="icon" href="{Html.Trusted(Icon)}"><style>{Html.Trusted(Styles.Sheet)}</style></head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <div class="frame"><header><strong><a href="/">Temporal dev server</a></strong><nav aria-label="Namespaces">{navigation}</nav><span class="muted aside">read-only</span></header></div>
        <main id="main" tabindex="-1">{body}</main>
        </body></html>
        """).ToString();
}
