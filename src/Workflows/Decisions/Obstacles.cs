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

    /// <summary>What about a shoot has to end before its migration begins or its nodes are replaced on request.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>A clause with what shows it; null if nothing is under way.</returns>
    public static (BlockedCode Code, string Clause, string Evidence)? UnderWay(ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Rotations.FirstOrDefault(rotation => rotation.Phase is "Preparing" or "PreparingWithoutWorkersRollout" or "Completing") is { } rotation)
        {
            return (BlockedCode.RotatingCredentials, "Credentials of the shoot are being rotated", $"status.credentials.rotation.{rotation.Of}.phase is {rotation.Phase}");
        }

        return observation.InPlaceUpdateCount > 0
            ? (BlockedCode.UpdatingInPlace, "Pools are being updated in place", $"status.inPlaceUpdates.pendingWorkerUpdates lists {observation.InPlaceUpdateCount}")
            : null;
    }

    /// <summary>Whether Gardener, asked to replace nodes, would leave out those in other zones than a pool's first.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>True if it would.</returns>
    public static bool RollsOneZoneOnly(ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.MultiZonePoolCount > 0 && !GardenerRelease.RollsSeveralZones(observation.GardenerVersion);
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
