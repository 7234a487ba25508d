namespace Temporalio.DevServer.Inspection;

/// <summary>The frame around every page.</summary>
internal static class Layout
{
    private const string Styles = """
        :root { color-scheme: light dark; --line: light-dark(#d5d9e0, #39404d); --soft: light-dark(#f4f6f9, #1d222b);
          --text: light-dark(#171b24, #e6e9ef); --muted: light-dark(#5a6373, #9aa4b5); --accent: light-dark(#2257d6, #82a7ff);
          --good: light-dark(#10693a, #6fd39a); --bad: light-dark(#b3261e, #ff9a91); --wait: light-dark(#8a5a00, #f2c46d); }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: light-dark(#fff, #13171e); }
        header, main { padding: 0.8rem 1.4rem; }
        header { border-bottom: 1px solid var(--line); display: flex; gap: 1.2rem; align-items: baseline; flex-wrap: wrap; }
        header strong { font-size: 1.05rem; }
        a { color: var(--accent); text-decoration: none; } a:hover, a:focus-visible { text-decoration: underline; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        h1 { font-size: 1.25rem; margin: 0.4rem 0 0.8rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 1.6rem 0 0.5rem; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--muted); white-space: nowrap; }
        td.id { overflow-wrap: anywhere; } td.time, td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; }
        code { font: 13px ui-monospace, monospace; background: var(--soft); padding: 0.1em 0.3em; border-radius: 3px; }
        form { display: flex; gap: 0.6rem; margin: 0 0 1rem; } input[type=search] { flex: 1; font: 14px ui-monospace, monospace; padding: 0.4rem 0.6rem; border: 1px solid var(--line); border-radius: 4px; background: inherit; color: inherit; }
        button { padding: 0.4rem 0.9rem; border: 1px solid var(--line); border-radius: 4px; background: var(--soft); color: inherit; }
        .status { font-weight: 600; } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); } .muted { color: var(--muted); }
        .notice { border: 1px solid var(--bad); border-radius: 4px; padding: 0.6rem 0.9rem; margin-bottom: 1rem; }
        .details { background: var(--soft); border-radius: 6px; padding: 0.6rem 1rem; }
        details > summary { cursor: pointer; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0.4rem 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
        """;

    public static string Page(string title, Html navigation, Html body) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title><style>{Html.Trusted(Styles)}</style></head>
        <body>
        <header><strong><a href="/">Temporal dev server</a></strong>{navigation}<span class="muted">read-only, for development</span></header>
        <main>{body}</main>
        </body></html>
        """).ToString();
}
