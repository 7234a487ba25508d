using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>Since when a state of affairs has lasted that is borne for a while only.</summary>
public static class Lasting
{
    /// <summary>Gardener gave up.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody's operation waits.</summary>
    public const string Operation = "operation";

    /// <summary>Health is worse than at the start.</summary>
    public const string Unhealthy = "unhealthy";

    /// <summary>Brings the record up to date with an observation.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="now">The time.</param>
    /// <returns>The record.</returns>
    public static IReadOnlyDictionary<string, DateTimeOffset> Track(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(observation);
        var since = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        Keep(Failed, RunDecision.Of(observation, state.Awaited) == RunState.Failed);
        Keep(Operation, observation.PendingOperation is not null);
        Keep(Unhealthy, Obstacles.NewlyUnhealthy(observation, state.UnhealthyBefore).Count > 0);
        return since;

        void Keep(string name, bool lasts)
        {
            if (lasts)
            {
                since[name] = state.Since.TryGetValue(name, out var begin) ? begin : now;
            }
        }
    }

    /// <summary>Forgets when something began, so that it is borne for its time once more.</summary>
    /// <param name="since">The record.</param>
    /// <param name="name">What.</param>
    /// <returns>The record without it.</returns>
    public static IReadOnlyDictionary<string, DateTimeOffset> Without(IReadOnlyDictionary<string, DateTimeOffset> since, string name) =>
        new SortedDictionary<string, DateTimeOffset>(
            since.Where(entry => entry.Key != name).ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal);

    /// <summary>Whether something has lasted longer than a while.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="name">What.</param>
    /// <param name="grace">The while.</param>
    /// <param name="now">The time.</param>
    /// <returns>True if it has.</returns>
    public static bool Exceeds(MigrationState state, string name, TimeSpan grace, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Since.TryGetValue(name, out var begin) && now - begin >= grace;
    }
}
