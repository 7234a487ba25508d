using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dualstack.Gardener.Access;

/// <summary>One kubeconfig file, not yet looked into further than its lists of names.</summary>
internal sealed record KubeconfigFile(
    string? CurrentContext, IReadOnlyList<KubeconfigEntry> Contexts, IReadOnlyList<KubeconfigEntry> Clusters, IReadOnlyList<KubeconfigEntry> Users)
{
    public static KubeconfigFile Parse(string yaml, string origin, string directory)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            // The parser's own words may quote the text around the error, and that may be a key or a token.
            throw new GardenAccessException(
                GardenAccessProblem.InvalidKubeconfig, $"{origin} is not a kubeconfig: no valid YAML in line {e.Start.Line}.");
        }

        if (stream.Documents is [] || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
        {
            return new KubeconfigFile(null, [], [], []);
        }

        if (stream.Documents[0].RootNode is not YamlMappingNode root || root.Text("kind") is not (null or "" or "Config"))
        {
            throw new GardenAccessException(GardenAccessProblem.InvalidKubeconfig, $"{origin} is not a kubeconfig: it is not of kind Config.");
        }

        return new KubeconfigFile(
            root.Text("current-context"),
            Entries(root, "contexts", "context", origin, directory),
            Entries(root, "clusters", "cluster", origin, directory),
            Entries(root, "users", "user", origin, directory));
    }

    private static List<KubeconfigEntry> Entries(YamlMappingNode root, string list, string item, string origin, string directory)
    {
        var entries = new List<KubeconfigEntry>();
        foreach (var node in root.Items(list))
        {
            if (node is not YamlMappingNode entry || entry.Text("name") is not { Length: > 0 } name)
            {
                throw new GardenAccessException(
                    GardenAccessProblem.InvalidKubeconfig, $"{origin} is not a kubeconfig: an entry of {list} in line {node.Start.Line} has no name.");
            }

            entries.Add(new KubeconfigEntry(name, entry.Map(item) ?? new YamlMappingNode(), directory));
        }

        return entries;
    }
}
