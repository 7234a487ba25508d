namespace Dualstack.Starter.Output;

/// <summary>Columns padded with spaces, as kubectl prints them.</summary>
internal static class Columns
{
    private const string Gap = "   ";

    /// <param name="writer">Where to.</param>
    /// <param name="head">The names of the columns; null for none.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="paint">Colours a padded cell of a row and column; null for no colours.</param>
    public static void Write(
        TextWriter writer, IReadOnlyList<string>? head, IEnumerable<IReadOnlyList<string>> rows, Func<int, int, string, string>? paint = null)
    {
        List<IReadOnlyList<string>> body = [.. rows];
        List<IReadOnlyList<string>> all = head is null ? body : [head, .. body];
        var widths = Enumerable.Range(0, all.Count == 0 ? 0 : all[0].Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        string Padded(IReadOnlyList<string> row, int column) => column == row.Count - 1 ? row[column] : row[column].PadRight(widths[column]);
        if (head is not null)
        {
            writer.WriteLine(string.Join(Gap, head.Select((_, column) => Padded(head, column))));
        }

        for (var row = 0; row < body.Count; row++)
        {
            var index = row;
            writer.WriteLine(string.Join(
                Gap, body[row].Select((_, column) => paint is null ? Padded(body[index], column) : paint(index, column, Padded(body[index], column)))));
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
