using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>States of a shoot in which a migration cannot go on, whatever its stage.</summary>
public static class Obstacles
{
    /// <summary>Whether the control plane moves from one seed to another.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>True if it does.</returns>
    public static bool IsMovingSeeds(ShootObservation observation) =>
        observation is { SeedName: { } wanted, StatusSeedName: { } actual } && wanted != actual
        || observation is { LastOperation: { Type: "Migrate" } }
        || observation is { LastOperation: { Type: "Restore" or "LiveMigrate", State: not "Succeeded" } };

    /// <summary>Health conditions that were True at the start and are not now.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="before">Types of conditions that were bad at the start.</param>
    /// <returns>Their types.</returns>
    public static IReadOnlyList<string> NewlyUnhealthy(ShootObservation observation, IReadOnlyList<string> before)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return [.. observation.ConditionsNotTrue.Select(condition => condition.Type).Except(before, StringComparer.Ordinal)];
    }

    /// <summary>Whether a failed run is one that Gardener tries again by itself, since a rate limit caused it.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>True if it is.</returns>
    public static bool IsRateLimited(ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.ErrorCodes.Contains("ERR_INFRA_RATE_LIMITS_EXCEEDED", StringComparer.Ordinal);
    }
}
