using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>What a migration does next.</summary>
public abstract record NextStep
{
    private NextStep()
    {
    }

    /// <summary>Looks before the first write.</summary>
    public sealed record Preflight : NextStep;

    /// <summary>Reads the shoot.</summary>
    public sealed record Look : NextStep;

    /// <summary>Reads the shoot, and counts nodes and CoreDNS pods.</summary>
    public sealed record CountNodes : NextStep;

    /// <summary>Writes.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Why">Why, one sentence for the activity's summary.</param>
    public sealed record Write(WriteKind Kind, string Why) : NextStep
    {
        /// <summary>Families to ask for.</summary>
        public IReadOnlyList<string> IpFamilies { get; init; } = [];

        /// <summary>One-shot tasks of the run.</summary>
        public IReadOnlyList<string> Tasks { get; init; } = [];

        /// <summary>Pools to replace; empty for all.</summary>
        public IReadOnlyList<string> Pools { get; init; } = [];
    }

    /// <summary>Waits.</summary>
    /// <param name="For">For whom or what.</param>
    /// <param name="Sentence">Why.</param>
    /// <param name="Fallback">After how long without news to look again.</param>
    public sealed record Wait(WaitingFor For, string Sentence, TimeSpan Fallback) : NextStep
    {
        /// <summary>The command that makes it go on; null if nobody needs to do anything.</summary>
        public string? NextCommand { get; init; }

        /// <summary>What blocks; null if nothing does.</summary>
        public BlockedReason? Blocked { get; init; }

        /// <summary>What is looked at again and again meanwhile.</summary>
        public BackgroundLook Background { get; init; }
    }

    /// <summary>Ends.</summary>
    /// <param name="Ending">How.</param>
    public sealed record Finish(MigrationEnding Ending) : NextStep;
}
