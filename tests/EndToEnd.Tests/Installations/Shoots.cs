using System.Globalization;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>Manifests for an installation's garden, made from those that are shipped as examples.</summary>
public static class Shoots
{
    public const string Namespace = "garden-retail";

    private const string Window = "begin: \"220000+0100\", end: \"230000+0100\"";

    public static string Examples { get; } = Repository.PathOf("examples", "shoots");

    /// <summary>Writes one AWS shoot with two pools per name.</summary>
    public static void Write(string directory, params IEnumerable<string> names)
    {
        Directory.CreateDirectory(directory);
        var shop = File.ReadAllText(Path.Combine(Examples, "aws.yaml")).ReplaceLineEndings("\n").Split("\n---\n")[0];
        Assert.Contains("  name: shop\n", shop, StringComparison.Ordinal);
        // Maintenance overwrites operations, which would be right and is not what these tests are about.
        var window = TimeProvider.System.GetUtcNow().AddHours(12);
        Assert.Contains(Window, shop, StringComparison.Ordinal);
        shop = shop.Replace(
            Window,
            string.Create(CultureInfo.InvariantCulture, $"begin: \"{window:HHmmss}+0000\", end: \"{window.AddHours(1):HHmmss}+0000\""),
            StringComparison.Ordinal);
        foreach (var name in names)
        {
            File.WriteAllText(
                Path.Combine(directory, $"{name}.yaml"), shop.Replace("  name: shop\n", $"  name: {name}\n", StringComparison.Ordinal));
        }
    }

    /// <summary>Copies an example file.</summary>
    public static void Copy(string directory, string file)
    {
        Directory.CreateDirectory(directory);
        File.Copy(Path.Combine(Examples, file), Path.Combine(directory, file));
    }
}
