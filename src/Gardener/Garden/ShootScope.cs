namespace Dualstack.Gardener.Garden;

/// <summary>Which part of a garden to list or watch.</summary>
/// <param name="Namespace">One project's namespace; null for all namespaces.</param>
public readonly record struct ShootScope(string? Namespace)
{
    /// <summary>All namespaces, for which listing all shoots of the garden must be allowed.</summary>
    public static readonly ShootScope All = new(null);

    /// <summary>Names the scope for people.</summary>
    /// <returns>For example "namespace garden-retail".</returns>
    public override string ToString() => Namespace is null ? "all namespaces" : $"namespace {Namespace}";
}
