namespace Dualstack.Workflows.Evidence;

/// <summary>A rollout of a pool that Gardener has taken on and not ended.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="InitiatedAt">When it was taken on; null if unknown.</param>
public sealed record PendingRolloutObservation(string Pool, DateTimeOffset? InitiatedAt);
