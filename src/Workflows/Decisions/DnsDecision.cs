using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>
/// Decides what the DNS constraint says. Gardener 1.132 and 1.133 put it on any dual-stack shoot at the start of each run and take it off
/// again before the end, so that in the middle of a run it says nothing there.
/// </summary>
public static class DnsDecision
{
    /// <summary>The constraint as far as it says something.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>The constraint as seen, or as last seen at rest where it is noise; null if there is none.</returns>
    public static ConstraintObservation? Of(ShootObservation observation, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(state);
        return Flaps(observation) && !IsAtRest(observation) ? state.DnsAtRest : observation.DnsConstraint;
    }

    /// <summary>The constraint at rest, to be remembered.</summary>
    /// <param name="observation">The shoot.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>That of the observation if no run goes on, else that of the one before.</returns>
    public static ConstraintObservation? AtRest(ShootObservation observation, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(state);
        return IsAtRest(observation) ? observation.DnsConstraint : state.DnsAtRest;
    }

    private static bool IsAtRest(ShootObservation observation) => observation.LastOperation is { State: "Succeeded" };

    private static bool Flaps(ShootObservation observation) =>
        GardenerRelease.Parse(observation.GardenerVersion) is { } release
        && release >= GardenerRelease.FlappingDnsConstraint && release < GardenerRelease.SteadyDnsConstraint;
}
