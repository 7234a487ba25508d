using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Garden;

/// <summary>A shoot together with the garden's clock when it was read, against which alone its timestamps may be compared.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="ServerTime">The server's clock; null if it did not send one.</param>
public sealed record ShootReading(Shoot Shoot, DateTimeOffset? ServerTime);
