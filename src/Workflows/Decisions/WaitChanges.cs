namespace Dualstack.Workflows.Decisions;

/// <summary>What waiting does to what a migration remembers.</summary>
public static class WaitChanges
{
    private const int MostDoublings = 20;

    /// <summary>Notes what is waited for.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Waits(MigrationState state, NextStep.Wait wait, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wait);
        return state with
        {
            WaitingFor = wait.For,
            WaitingSince = state.WaitingFor == wait.For ? state.WaitingSince : now,
            Sentence = wait.Sentence,
            NextCommand = wait.NextCommand,
            Hindered = null,
            Blocked = wait.Blocked is { } blocked
                ? blocked with { Since = state.Blocked?.Code == blocked.Code ? state.Blocked.Since : now }
                : null,
        };
    }

    /// <summary>Notes that the migration is being cancelled: nobody is waited for, and nothing more is taken on.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="sentence">What is done last.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Leaves(MigrationState state, string sentence)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with
        {
            Leaving = true,
            WaitingFor = WaitingFor.Nothing,
            Sentence = sentence,
            NextCommand = null,
            Blocked = null,
        };
    }

    /// <summary>Notes that nothing is waited for any more, since the migration ends.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="ending">How it ends.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState Ends(MigrationState state, MigrationEnding ending)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(ending);
        return state with
        {
            Ending = ending,
            WaitingFor = WaitingFor.Nothing,
            Sentence = ending.Sentence,
            NextCommand = null,
            Blocked = null,
        };
    }

    /// <summary>After how long without news to look again: the more looks were in vain, the later.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="longest">At most that long.</param>
    /// <returns>The time, without jitter.</returns>
    public static TimeSpan Patience(MigrationState state, NextStep.Wait wait, TimeSpan longest)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wait);
        if (wait.Fallback >= longest)
        {
            return wait.Fallback;
        }

        var patience = wait.Fallback * Math.Pow(2, Math.Min(state.QuietLooks, MostDoublings));
        return patience < longest ? patience : longest;
    }

    /// <summary>Notes that there is news, so that the next look comes as soon as if there had never been one in vain.</summary>
    /// <param name="state">What is remembered.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState NewsCame(MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var watched = state with { GardenerWatchExpired = false };
        return state.QuietLooks == 0 ? watched : watched with { QuietLooks = 0, WakeFor = null };
    }

    /// <summary>Takes in that the fallback timer fired: look again, and where a person was waited for, try again.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="waitedFor">For whom or what was waited.</param>
    /// <returns>What is remembered then.</returns>
    public static MigrationState TimerFired(MigrationState state, WaitingFor waitedFor)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with
        {
            WakeFor = null,
            QuietLooks = state.QuietLooks + 1,
            LookNeeded = true,
            NodesNeeded = state.NodesNeeded || (state.Stage == MigrationStage.RollNodes && waitedFor != WaitingFor.Gardener),
            NodesWatchExpired = false,
            Stuck = waitedFor == WaitingFor.Help ? null : state.Stuck,
        };
    }
}
