namespace Dualstack.GardenSimulator;

/// <summary>Someone who may use the garden's API, and what for.</summary>
/// <param name="Name">The user name, as in audit entries and error texts.</param>
/// <param name="Verbs">Allowed verbs (<c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>) or <c>*</c>.</param>
/// <param name="Resources">Allowed resources, e.g. <c>shoots</c>, <c>shoots/viewerkubeconfig</c>, or <c>*</c>.</param>
/// <param name="Namespaces">Allowed namespaces, or <c>*</c>; a request over all namespaces needs <c>*</c>.</param>
public sealed record GardenUser(string Name, IReadOnlyList<string> Verbs, IReadOnlyList<string> Resources, IReadOnlyList<string> Namespaces)
{
    /// <summary>The bearer token; null lets the server make one up.</summary>
    public string? Token { get; init; }

    /// <summary>The user that every garden has: everything is allowed.</summary>
    public static GardenUser Admin { get; } = new("admin", ["*"], ["*"], ["*"]);

    /// <summary>A user who may only get, list and watch.</summary>
    public static GardenUser Viewer { get; } = new("viewer", ["get", "list", "watch"], ["*"], ["*"]);

    internal bool Allows(string verb, string resource, string? @namespace) =>
        Covers(Verbs, verb) && Covers(Resources, resource) && (Namespaces.Contains("*") || (@namespace is not null && Namespaces.Contains(@namespace)));

    private static bool Covers(IReadOnlyList<string> allowed, string wanted) => allowed.Contains("*") || allowed.Contains(wanted);
}
