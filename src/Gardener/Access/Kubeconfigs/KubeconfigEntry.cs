using YamlDotNet.RepresentationModel;

namespace Dualstack.Gardener.Access;

/// <summary>A named entry of a kubeconfig as it was written, and the folder its relative paths start from.</summary>
internal sealed record KubeconfigEntry(string Name, YamlMappingNode Body, string Directory)
{
    public string? Path(string key) => Body.Text(key) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path, Directory) : null;

    // The body holds secrets.
    public override string ToString() => Name;
}
