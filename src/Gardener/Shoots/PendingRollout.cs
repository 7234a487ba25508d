namespace Dualstack.Gardener.Shoots;

/// <summary>A rollout of a pool that gardenlet has taken on and that has not been reported done.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="InitiatedAt">When gardenlet started it, by the garden's clock.</param>
public sealed record PendingRollout(string Pool, DateTimeOffset? InitiatedAt);
