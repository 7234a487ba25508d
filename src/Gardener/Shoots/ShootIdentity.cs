namespace Dualstack.Gardener.Shoots;

/// <summary>One particular shoot, so that neither one created again under its name nor one of another garden is taken for it.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Uid">The uid it must have; null where none is known yet.</param>
/// <param name="Garden">The identity of the garden that it must belong to; null for any.</param>
public sealed record ShootIdentity(ShootKey Key, string? Uid, string? Garden = null);
