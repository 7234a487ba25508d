using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Writes;

/// <summary>What the one who decided on a write had seen, and the name by which the write is known again after a lost answer.</summary>
/// <param name="Shoot">The shoot. With its uid: another object under the same name is never written to.</param>
/// <param name="Id">The intent id, unique per decision and the same in every attempt.</param>
/// <param name="Generation">The generation that was seen.</param>
public sealed record WriteIntent(ShootIdentity Shoot, string Id, long Generation);
