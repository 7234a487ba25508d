using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Http;

/// <summary>A resource as discovery announces it and tables show it.</summary>
internal sealed record ResourceDefinition(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = ["get", "list", "watch"];

    public IReadOnlyList<SubresourceDefinition> Subresources { get; init; } = [];

    /// <summary>Columns besides name and age.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [];

    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

internal sealed record SubresourceDefinition(string Name, string Kind, string Group, string Version, params string[] Verbs);

internal sealed record TableColumn(string Name, string Type, int Priority, Func<JsonObject, string> Value);
