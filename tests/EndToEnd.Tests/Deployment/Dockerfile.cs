namespace Dualstack.EndToEnd.Tests.Deployment;

/// <summary>deploy/Dockerfile: its stages, and what holds in each by its own lines and by those of the stages that it builds on.</summary>
public static class Dockerfile
{
    private static readonly ILookup<string, (string Base, IReadOnlyList<string> Lines)> ByName = Read().ToLookup(stage => stage.Name, stage => (stage.Base, stage.Lines));

    public static IEnumerable<string> Stages => ByName.Select(stage => stage.Key);

    /// <summary>The user that a container of the stage runs as.</summary>
    public static string? UserOf(string stage) => LinesOf(stage).LastOrDefault(line => line.StartsWith("USER ", StringComparison.Ordinal))?["USER ".Length..];

    /// <summary>Whether the stage gives a folder to its user.</summary>
    public static bool Owns(string stage, string folder) => LinesOf(stage).Any(line =>
        line.Contains("chown " + UserOf(stage), StringComparison.Ordinal) && line.Split(' ').Contains(folder));

    private static IEnumerable<string> LinesOf(string stage) => ByName[stage].SelectMany(found => LinesOf(found.Base).Concat(found.Lines));

    private static List<(string Name, string Base, IReadOnlyList<string> Lines)> Read()
    {
        var stages = new List<(string, string, IReadOnlyList<string>)>();
        var lines = new List<string>();
        foreach (var line in File.ReadLines(Repository.PathOf("deploy", "Dockerfile")))
        {
            if (line.Split(' ') is ["FROM", var from, "AS", var name])
            {
                lines = [];
                stages.Add((name, from, lines));
            }

            lines.Add(line);
        }

        return stages;
    }
}
