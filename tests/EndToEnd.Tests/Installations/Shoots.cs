using System.Globalization;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>Manifests for an installation's garden, made from those that are shipped as examples.</summary>
public static class Shoots
{
    public const string Namespace = "garden-retail";

    private const string Window = "timeWindow: {begin: \"220000+0100\", end: \"230000+0100\"}";

    public static string Examples { get; } = Repository.PathOf("examples", "shoots");

    /// <summary>Writes one AWS shoot with two pools per name.</summary>
    public static void Write(string directory, params IEnumerable<string> names) => WriteLike(directory, "aws.yaml", "shop", string.Empty, names);

    /// <summary>The same of shoots that take changes of their spec in their maintenance window only.</summary>
    public static void WriteConfined(string directory, IEnumerable<string> names) =>
        WriteLike(directory, "aws.yaml", "shop", "\n    confineSpecUpdateRollout: true", names);

    /// <summary>The same of shoots whose families somebody changed by hand, and whose nodes are still those from before.</summary>
    public static void WriteHalfWay(string directory, IEnumerable<string> names) => WriteLike(directory, "half-way.yaml", "billing", string.Empty, names);

    /// <summary>Copies an example file.</summary>
    public static void Copy(string directory, string file)
    {
        Directory.CreateDirectory(directory);
        File.Copy(Path.Combine(Examples, file), Path.Combine(directory, file));
    }

    private static void WriteLike(string directory, string example, string shoot, string maintenance, IEnumerable<string> names)
    {
        Directory.CreateDirectory(directory);
        var manifest = File.ReadAllText(Path.Combine(Examples, example)).ReplaceLineEndings("\n").Split("\n---\n")[0];
        Assert.Contains($"  name: {shoot}\n", manifest, StringComparison.Ordinal);
        // Maintenance overwrites operations, which would be right and is not what these tests are about.
        var window = TimeProvider.System.GetUtcNow().AddHours(12);
        Assert.Contains(Window, manifest, StringComparison.Ordinal);
        manifest = manifest.Replace(
            Window,
            string.Create(CultureInfo.InvariantCulture, $"timeWindow: {{begin: \"{window:HHmmss}+0000\", end: \"{window.AddHours(1):HHmmss}+0000\"}}{maintenance}"),
            StringComparison.Ordinal);
        foreach (var name in names)
        {
            File.WriteAllText(
                Path.Combine(directory, $"{name}.yaml"), manifest.Replace($"  name: {shoot}\n", $"  name: {name}\n", StringComparison.Ordinal));
        }
    }
}
