using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows;

/// <summary>Payload of the signal <see cref="MessageNames.ShootObserved"/>: a hint, not a command.</summary>
/// <param name="Observation">The shoot as the observer sees it.</param>
/// <param name="Digest">See <see cref="ShootDigest"/>.</param>
public sealed record ShootObserved(ShootObservation? Observation, string? Digest)
{
    /// <summary>The observation where it is whole. Whoever sends the signal by hand may leave out anything.</summary>
    /// <returns>The observation; null if there is none, or parts of it are missing.</returns>
    public ShootObservation? Whole() => Observation is
    {
        ResourceVersion: not null,
        Uid: not null,
        IpFamilies: not null,
        Provider: not null,
        ErrorCodes: not null,
        Tasks: not null,
        PendingRollouts: not null,
        Pools: not null,
        InPlacePools: not null,
        Rotations: not null,
        ConditionsNotTrue: not null,
    } observation
        && !observation.IpFamilies.Concat(observation.ErrorCodes).Contains(null)
        && !observation.Pools.Concat(observation.InPlacePools).Contains(null)
        && observation.PendingRollouts.All(rollout => rollout is not null)
        && observation.Rotations.All(rotation => rotation is not null)
        && observation.ConditionsNotTrue.All(condition => condition is { Type: not null })
            ? observation
            : null;
}
