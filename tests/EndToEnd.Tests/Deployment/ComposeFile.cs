using YamlDotNet.RepresentationModel;

namespace Dualstack.EndToEnd.Tests.Deployment;

/// <summary>docker-compose.yml, parsed, with merge keys resolved one level deep.</summary>
public sealed class ComposeFile
{
    private readonly YamlMappingNode root;

    private ComposeFile(YamlMappingNode root) => this.root = root;

    public IReadOnlyDictionary<string, YamlMappingNode> Services =>
        Mapping(root, "services")!.Children.ToDictionary(pair => Text(pair.Key), pair => (YamlMappingNode)pair.Value);

    public IEnumerable<string> Volumes => Keys("volumes");

    public IEnumerable<string> Secrets => Keys("secrets");

    /// <summary>What runs with some profiles: their services, and those without a profile.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> With(params string[] profiles) => Services
        .Where(service => List(service.Value, "profiles").ToList() is var own && (own.Count == 0 || own.Intersect(profiles).Any()))
        .ToDictionary();

    public static ComposeFile Load()
    {
        using var reader = File.OpenText(Repository.PathOf("docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new ComposeFile((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    public static YamlMappingNode? Mapping(YamlMappingNode node, string key) => Get(node, key) as YamlMappingNode;

    public static string? Scalar(YamlMappingNode node, string key) => (Get(node, key) as YamlScalarNode)?.Value;

    public static IEnumerable<string> List(YamlMappingNode node, string key) => Get(node, key) switch
    {
        YamlSequenceNode sequence => sequence.Select(Text),
        YamlMappingNode mapping => mapping.Children.Keys.Select(Text),
        YamlScalarNode scalar => [scalar.Value!],
        _ => [],
    };

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlNode? Get(YamlMappingNode node, string key)
    {
        if (node.Children.TryGetValue(new YamlScalarNode(key), out var value))
        {
            return value;
        }

        return node.Children.TryGetValue(new YamlScalarNode("<<"), out var merged) && merged is YamlMappingNode other
            ? Get(other, key)
            : null;
    }

    private IEnumerable<string> Keys(string section) => Mapping(root, section)!.Children.Keys.Select(Text);
}
