using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dualstack.GardenSimulator.Manifests;

/// <summary>Reads shoots from files: several documents a file, lists, JSON; whatever fields they have are kept.</summary>
internal static class ManifestLoader
{
    public static IEnumerable<JsonObject> Load(IEnumerable<string> directories)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in directories)
        {
            if (!Directory.Exists(directory))
            {
                throw new ManifestException($"{directory}: there is no such directory; give one with Shoot manifests.");
            }

            foreach (var file in Directory.EnumerateFiles(directory).Where(IsManifest).Order(StringComparer.Ordinal))
            {
                foreach (var (shoot, line) in LoadFile(file))
                {
                    var key = $"{shoot.Text("metadata", "namespace")}/{shoot.Text("metadata", "name")}";
                    if (!seen.TryAdd(key, file))
                    {
                        throw new ManifestException($"{file}:{line}: shoot {key} is already in {seen[key]}; keep one of the two.");
                    }

                    yield return shoot;
                }
            }
        }
    }

    private static bool IsManifest(string file) => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".json";

    private static List<(JsonObject Shoot, long Line)> LoadFile(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = File.OpenText(file);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            throw new ManifestException($"{file}:{exception.Start.Line}: this is not valid YAML: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The parser's own state, not the text, is what it complains about here; the place is where it stopped.
            throw new ManifestException($"{file}:{LastLine(file)}: this is not valid YAML.", exception);
        }

        var shoots = new List<(JsonObject, long)>();
        foreach (var document in stream.Documents)
        {
            Collect(file, document.RootNode, shoots);
        }

        return shoots;
    }

    private static long LastLine(string file)
    {
        using var reader = File.OpenText(file);
        var parser = new Parser(reader);
        try
        {
            while (parser.MoveNext())
            {
            }
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            return (exception as YamlException)?.Start.Line ?? parser.Current?.End.Line ?? 1;
        }

        return 1;
    }

    private static void Collect(string file, YamlNode node, List<(JsonObject Shoot, long Line)> shoots)
    {
        if (node is YamlScalarNode { Value: null or "" })
        {
            return;
        }

        if (node is not YamlMappingNode mapping)
        {
            throw At(file, node, "a manifest must be an object with apiVersion, kind and metadata");
        }

        var kind = Scalar(mapping, "kind");
        if (kind is "List" or "ShootList")
        {
            if (Child(mapping, "items") is not YamlSequenceNode items)
            {
                throw At(file, node, $"a {kind} must have items");
            }

            foreach (var item in items)
            {
                Collect(file, item, shoots);
            }

            return;
        }

        if (kind != "Shoot" || Scalar(mapping, "apiVersion") != "core.gardener.cloud/v1beta1")
        {
            throw At(file, node, $"expected a Shoot of core.gardener.cloud/v1beta1, found kind \"{kind}\" of \"{Scalar(mapping, "apiVersion")}\"");
        }

        Require(file, mapping, "metadata", "name");
        Require(file, mapping, "metadata", "namespace");
        Require(file, mapping, "spec", "provider", "type");
        var shoot = YamlTree.ToJson(file, mapping)!.AsObject();
        try
        {
            ShootShape.Check(shoot);
        }
        catch (ApiError error)
        {
            throw At(file, node, error.Message);
        }

        if (ShootValidator.Spec(shoot).FirstOrDefault() is { } wrong)
        {
            throw At(file, node, $"{wrong.Field}: {wrong.Detail}");
        }

        shoots.Add((shoot, node.Start.Line));
    }

    private static void Require(string file, YamlMappingNode node, params ReadOnlySpan<string> path)
    {
        YamlNode current = node;
        foreach (var step in path)
        {
            var next = current is YamlMappingNode mapping ? Child(mapping, step) : throw At(file, current, $"{string.Join('.', path!)} is missing: {step} cannot be read here");
            current = next ?? throw At(file, current, $"{string.Join('.', path!)} is missing");
        }

        if (current is not YamlScalarNode { Value.Length: > 0 })
        {
            throw At(file, current, $"{string.Join('.', path!)} must be a text");
        }
    }

    private static string? Scalar(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static ManifestException At(string file, YamlNode node, string problem) => new($"{file}:{node.Start.Line}: {problem}.");
}
