using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Garden;

/// <summary>A page of a list.</summary>
/// <param name="Items">The shoots on it.</param>
/// <param name="ResourceVersion">The list's version, from which a watch can go on once the last page has been read.</param>
public sealed record ShootPage(IReadOnlyList<Shoot> Items, string ResourceVersion);
