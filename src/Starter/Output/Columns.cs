namespace Dualstack.Starter.Output;

/// <summary>Columns padded with spaces, as kubectl prints them.</summary>
internal static class Columns
{
    private const string Gap = "   ";

    /// <param name="writer">Where to.</param>
    /// <param name="head">The names of the columns; null for none.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="paint">Colours the cell of a row and column; null for no colours.</param>
    public static void Write(
        TextWriter writer, IReadOnlyList<string>? head, IEnumerable<IReadOnlyList<string>> rows, Func<int, int, string, string>? paint = null)
    {
        List<IReadOnlyList<string>> body = [.. rows];
        List<IReadOnlyList<string>> all = head is null ? body : [head, .. body];
        var widths = Enumerable.Range(0, all.Count == 0 ? 0 : all[0].Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        string Padding(IReadOnlyList<string> cells, int column) => new(' ', column == cells.Count - 1 ? 0 : widths[column] - cells[column].Length);
        void Line(IReadOnlyList<string> cells, Func<int, string, string> painted) =>
            writer.WriteLine(string.Join(Gap, cells.Select((cell, column) => painted(column, cell) + Padding(cells, column))));

        if (head is not null)
        {
            Line(head, (_, cell) => cell);
        }

        foreach (var (index, cells) in body.Index())
        {
            Line(cells, (column, cell) => paint?.Invoke(index, column, cell) ?? cell);
        }
    }

    public static void WritePairs(TextWriter writer, IEnumerable<(string Name, string? Value)> pairs)
    {
        var given = pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToList();
        var width = given.Max(pair => pair.Name.Length);
        foreach (var (name, value) in given)
        {
            writer.WriteLine($"{name.PadRight(width)}{Gap}{value}");
        }
    }
}
