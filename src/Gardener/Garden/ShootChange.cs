using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Garden;

/// <summary>Something that a list or watch told.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Shoot">The shoot; null where the kind has none.</param>
/// <param name="ResourceVersion">The version up to which everything has been told; empty inside of a list.</param>
public sealed record ShootChange(ShootChangeKind Kind, Shoot? Shoot, string ResourceVersion);
