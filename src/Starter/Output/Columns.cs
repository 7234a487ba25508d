namespace Dualstack.Starter.Output;

/// <summary>Columns padded with spaces, as kubectl prints them.</summary>
internal static class Columns
{
    public static void Write(TextWriter writer, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [head, .. rows];
        var widths = Enumerable.Range(0, head.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            writer.WriteLine(string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    public static void WritePairs(TextWriter writer, IEnumerable<(string Name, string? Value)> pairs)
    {
        var given = pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToList();
        var width = given.Max(pair => pair.Name.Length);
        foreach (var (name, value) in given)
        {
            writer.WriteLine($"{name.PadRight(width)}   {value}");
        }
    }
}
