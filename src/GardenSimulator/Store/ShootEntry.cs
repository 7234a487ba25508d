using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Store;

/// <summary>One version of a shoot. The object itself is kept as text: ten thousand of them must fit.</summary>
internal sealed class ShootEntry
{
    public ShootEntry(JsonObject shoot, long version)
    {
        Namespace = shoot.Text("metadata", "namespace")!;
        Name = shoot.Text("metadata", "name")!;
        Uid = shoot.Text("metadata", "uid")!;
        Version = version;
        Generation = shoot.Number("metadata", "generation") ?? 0;
        ObservedGeneration = shoot.Number("status", "observedGeneration") ?? 0;
        Labels = ((shoot.At("metadata", "labels") as JsonObject) ?? [])
            .ToDictionary(pair => string.Intern(pair.Key), pair => pair.Value.Text() ?? string.Empty, StringComparer.Ordinal);
        Fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["metadata.name"] = Name,
            ["metadata.namespace"] = Namespace,
            ["spec.seedName"] = shoot.Text("spec", "seedName") ?? string.Empty,
            ["status.seedName"] = shoot.Text("status", "seedName") ?? string.Empty,
            ["spec.cloudProfileName"] = shoot.Text("spec", "cloudProfileName") ?? string.Empty,
            ["spec.cloudProfile.name"] = shoot.Text("spec", "cloudProfile", "name") ?? string.Empty,
            ["spec.cloudProfile.kind"] = shoot.Text("spec", "cloudProfile", "kind") ?? string.Empty,
        };
        Json = shoot.ToUtf8();
    }

    public string Namespace { get; }

    public string Name { get; }

    public string Key => KeyOf(Namespace, Name);

    public string Uid { get; }

    public long Version { get; }

    public long Generation { get; }

    public long ObservedGeneration { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyDictionary<string, string> Fields { get; }

    public byte[] Json { get; }

    public static string KeyOf(string @namespace, string name) => $"{@namespace}/{name}";

    public JsonObject Parse() => JsonNode.Parse(Json)!.AsObject();
}
