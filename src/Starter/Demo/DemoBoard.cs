using Dualstack.Starter.Migrations;
using Dualstack.Starter.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dualstack.Starter.Demo;

/// <summary>The demonstration's tables.</summary>
internal static class DemoBoard
{
    public static IRenderable Live(IReadOnlyList<DemoEntry> entries)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("SHOOT", "PROVIDER", "STATE", "NODES", "TIME");
        foreach (var entry in entries)
        {
            table.AddRow(
                new Text(entry.Key.ToString()),
                new Text(Provider(entry)),
                State(entry),
                new Text(entry.View is { } view ? MigrationText.Nodes(view) : string.Empty),
                new Text(TimeText.Of(entry.Duration)));
        }

        return table;
    }

    public static IRenderable Final(IReadOnlyList<DemoEntry> entries)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("SHOOT", "PROVIDER", "OUTCOME", "TIME", "WHY, AND HOW TO GO ON");
        foreach (var entry in entries)
        {
            table.AddRow(new Text(entry.Key.ToString()), new Text(Provider(entry)), State(entry), new Text(TimeText.Of(entry.Duration)), new Text(Why(entry)));
        }

        return table;
    }

    private static string Provider(DemoEntry entry) => entry.Shoot.ProviderType;

    private static Text State(DemoEntry entry) => entry.View is { } view
        ? new Text($"{Glyph.Of(view.Phase)} {MigrationText.State(view)}", Style.Parse(Glyph.Colour(view.Phase)))
        : new Text("…");

    private static string Why(DemoEntry entry) => entry.View is { } view
        ? view.Blocked is { } blocked
            ? $"{blocked.Code}: {blocked.Sentence}{(blocked.Evidence is { } evidence ? $" ({evidence})" : string.Empty)}\nnext: {blocked.NextCommand}"
            : view.Sentence ?? string.Empty
        : string.Empty;
}
