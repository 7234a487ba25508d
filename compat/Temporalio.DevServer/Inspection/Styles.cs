namespace Temporalio.DevServer.Inspection;

/// <summary>How the pages look: light and dark by the reader's choice, one column on a narrow screen.</summary>
internal static class Styles
{
    public const string Sheet = """
        :root { color-scheme: light dark; --page: light-dark(#fff, #13171e); --card: light-dark(#f6f7fa, #1a1f28); --line: light-dark(#d8dce4, #343b48);
          --text: light-dark(#171b24, #e6e9ef); --muted: light-dark(#566070, #9fa9ba); --accent: light-dark(#1f4fc9, #8fb0ff);
          --good: light-dark(#0d6336, #7cd9a5); --bad: light-dark(#a8201a, #ffa198); --wait: light-dark(#7a4f00, #f2c46d); --calm: light-dark(#566070, #9fa9ba); }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
        header, main { max-width: 90rem; margin: 0 auto; padding: 0.8rem 1.4rem; }
        .frame { border-bottom: 1px solid var(--line); background: var(--card); }
        header { display: flex; gap: 0.3rem 1.2rem; align-items: baseline; flex-wrap: wrap; }
        header strong a { color: var(--text); }
        header .aside { margin-left: auto; }
        nav { display: flex; gap: 1rem; flex-wrap: wrap; } nav [aria-current] { font-weight: 600; color: var(--text); }
        a { color: var(--accent); text-decoration: none; } a:hover, a:focus-visible { text-decoration: underline; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -100vw; } .skip:focus { position: static; }
        h1 { font-size: 1.3rem; margin: 0.6rem 0 0.8rem; overflow-wrap: anywhere; display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; align-items: baseline; }
        h2 { font-size: 1.05rem; margin: 1.8rem 0 0.6rem; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; align-items: baseline; } h2 small { font-weight: 400; font-size: 0.85rem; }
        .muted { color: var(--muted); } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); } .calm { color: var(--calm); }
        .status { font-weight: 600; font-size: 0.9rem; white-space: nowrap; border: 1px solid; border-radius: 1rem; padding: 0.05rem 0.6rem; }
        .chips { display: flex; flex-wrap: wrap; gap: 0.3rem 0.5rem; }
        .chip { font-size: 0.85rem; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.4rem; overflow-wrap: anywhere; background: var(--card); }
        .notice { border: 1px solid var(--bad); border-radius: 6px; padding: 0.6rem 0.9rem; overflow-wrap: anywhere; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 1rem; overflow-wrap: anywhere; min-width: 0; }
        section.card h3 { font-size: 0.9rem; color: var(--muted); } .card h3, .card h4 { margin: 0.8rem 0 0.3rem; } .card table { width: auto; } .card > :first-child { margin-top: 0; } .card > :last-child { margin-bottom: 0; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0.8rem; margin-top: 0.8rem; }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; max-height: 30rem; overflow-y: auto; }
        code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
        form { display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 0 0 0.7rem; }
        input[type=search] { flex: 1 1 16rem; min-width: 0; font: 14px ui-monospace, monospace; padding: 0.45rem 0.6rem; border: 1px solid var(--muted); border-radius: 4px; background: var(--page); color: inherit; }
        input::placeholder { color: var(--muted); opacity: 1; }
        button { font: inherit; padding: 0.35rem 1rem; border: 1px solid var(--muted); border-radius: 4px; background: var(--card); color: inherit; cursor: pointer; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; font-size: 0.85rem; color: var(--muted); white-space: nowrap; }
        td.text { overflow-wrap: anywhere; } td.time, td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
        tbody tr:hover, tr:target { background: var(--card); }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1.1rem; margin: 0.4rem 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
        details > summary { cursor: pointer; overflow-wrap: anywhere; } details[open] > summary { font-weight: 600; } summary .muted { font-weight: 400; margin-left: 0.5rem; }
        .timeline { list-style: none; margin: 0; padding: 0; }
        .timeline li { display: grid; grid-template-columns: 3.4rem minmax(0, 22rem) minmax(6rem, 1fr) 9rem; gap: 0.2rem 0.8rem; align-items: center; padding: 0.15rem 0; }
        .timeline .what { overflow-wrap: anywhere; } .timeline .note { grid-column: 2 / -1; overflow-wrap: anywhere; font-size: 0.9rem; }
        .timeline .number, .timeline .took { font-variant-numeric: tabular-nums; font-size: 0.9rem; }
        .track { position: relative; height: 0.7rem; background: var(--card); border-radius: 3px; overflow: hidden; }
        .track i { position: absolute; top: 0; bottom: 0; min-width: 4px; background: currentColor; border-radius: 3px; } .track .open { opacity: 0.55; }
        @media (max-width: 48rem) {
          header, main { padding: 0.7rem 0.9rem; }
          .rows, .rows tbody, .rows tr, .rows td { display: block; } .rows thead { display: none; }
          .rows tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); } .rows td { border: 0; padding: 0.1rem 0; } .rows td:empty { display: none; }
          #events td.number, #events td.time { display: inline; color: var(--muted); font-size: 0.85rem; padding-right: 0.6rem; }
          td[data-name]::before { content: attr(data-name) " "; color: var(--muted); font-size: 0.85rem; }
          dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.3rem; }
          .timeline li { grid-template-columns: 3rem minmax(0, 1fr) auto; } .timeline .track { grid-column: 2 / -1; grid-row: 2; }
        }
        """;
}
