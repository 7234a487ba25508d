using Dualstack.Workflows.Activities;

namespace Dualstack.Workflows.Decisions;

/// <summary>What failed activities do to what a migration remembers.</summary>
public static class FailureChanges
{
    /// <summary>Takes in a failure that asking again does not mend. A write that failed may stand on the shoot all the same; the next look tells.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The migration.</param>
    /// <param name="errorType">One of <see cref="ErrorTypes"/>; null or another for a failure that was not foreseen.</param>
    /// <param name="message">What the activity said.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Failed(
        MigrationState state, ShootMigrationRequest request, string? errorType, string message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return errorType switch
        {
            ErrorTypes.ShootGone => state with { Ending = Ended($"Shoot {request.Shoot} does not exist (any more).") },
            ErrorTypes.UidChanged => state with
            {
                Ending = Ended($"Shoot {request.Shoot} was deleted and created again; it is another shoot and was not touched."),
            },
            ErrorTypes.AdmissionRefused => Stuck(BlockedCode.RefusedByGardener),
            _ => Stuck(BlockedCode.ActivityFailed),
        };

        MigrationState Stuck(BlockedCode code) => state with
        {
            Stuck = new BlockedReasons(request.Shoot).Activity(code, message) with { Since = now, BeforeFirstWrite = !state.SeenDual },
        };

        static MigrationEnding Ended(string sentence) => new(MigrationOutcome.NotApplicable, sentence);
    }

    /// <summary>Takes in that the garden cannot be asked, and shows it. It is asked on.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The migration.</param>
    /// <param name="errorType">One of <see cref="ErrorTypes"/>, another for a failure that was not foreseen, or null if nobody has done what was asked for.</param>
    /// <param name="message">What was said; null as for the type.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Hindered(MigrationState state, ShootMigrationRequest request, string? errorType, string? message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        var code = errorType switch
        {
            ErrorTypes.RightsMissing => BlockedCode.RightsMissing,
            ErrorTypes.WrongGarden => BlockedCode.WrongGarden,
            ErrorTypes.GardenUnreachable or null => BlockedCode.GardenUnreachable,
            _ => BlockedCode.ActivityFailed,
        };
        var reason = new BlockedReasons(request.Shoot).Hindered(code, message, request.Settings.UnreachableGrace) with
        {
            Since = now,
            BeforeFirstWrite = !state.SeenDual,
        };
        return state with
        {
            Hindered = reason,
            WaitingFor = WaitingFor.Help,
            WaitingSince = now,
            Sentence = reason.Sentence,
            NextCommand = reason.NextCommand,
            Blocked = reason,
        };
    }

    /// <summary>Takes in that the garden can be asked again.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Reached(MigrationState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Hindered is null
            ? state
            : state with
            {
                Hindered = null,
                WaitingFor = WaitingFor.Nothing,
                WaitingSince = now,
                Sentence = "The garden can be asked again.",
                NextCommand = null,
                Blocked = null,
            };
    }

    /// <summary>
    /// Takes in that something was looked at until the deadline, in vain. A look can outlast the wait that it was for; what it found is
    /// held against the shoot only where it is still waited for.
    /// </summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="request">The migration.</param>
    /// <param name="look">What was looked at.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState LookedInVain(MigrationState state, ShootMigrationRequest request, BackgroundLook look, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        var reasons = new BlockedReasons(request.Shoot);
        return look switch
        {
            BackgroundLook.CoreDns when state is { WaitingFor: WaitingFor.CoreDns } =>
                state with { Stuck = reasons.CoreDnsStuck(state.Nodes) with { Since = now } },
            BackgroundLook.Health when WaitsForHealth(state, request.Settings, now) =>
                state with { Stuck = reasons.Unhealthy(state.Observation!) with { Since = now } },
            BackgroundLook.Nodes when state is { Stage: MigrationStage.RollNodes, WaitingFor: WaitingFor.Nodes } =>
                state with { Stuck = reasons.NodesStuck(state.Nodes) with { Since = now } },
            BackgroundLook.Nodes => state with { NodesWatchExpired = true },
            BackgroundLook.Gardener => state with { GardenerWatchExpired = true },
            _ => state with { LookNeeded = true },
        };
    }

    private static bool WaitsForHealth(MigrationState state, MigrationSettings settings, DateTimeOffset now) =>
        state is { WaitingFor: WaitingFor.Gardener, Stage: MigrationStage.RollNodes or MigrationStage.Verify, Observation: { } observation }
        && RunDecision.Of(observation, state.Awaited) == RunState.Ended
        // The last look comes up to an interval before the deadline.
        && Lasting.Exceeds(state, Lasting.Unhealthy, settings.HealthGrace - (2 * settings.LookEvery), now);
}
