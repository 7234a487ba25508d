using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows;

/// <summary>Answer of the query <see cref="MessageNames.Status"/>.</summary>
public sealed record ShootMigrationStatus
{
    /// <summary>The shoot.</summary>
    public required ShootKey Shoot { get; init; }

    /// <summary>Its uid; null before the first look.</summary>
    public string? Uid { get; init; }

    /// <summary>Who replaces the nodes.</summary>
    public RolloutMode Rollout { get; init; }

    /// <summary>When the migration began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public MigrationStage Stage { get; init; }

    /// <summary>When the stage was entered.</summary>
    public DateTimeOffset StageSince { get; init; }

    /// <summary>Whom or what it waits for.</summary>
    public WaitingFor WaitingFor { get; init; }

    /// <summary>Since when; null if it waits for nothing.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>One sentence on where it stands.</summary>
    public required string Sentence { get; init; }

    /// <summary>The command that makes it go on; null if nobody needs to do anything.</summary>
    public string? NextCommand { get; init; }

    /// <summary>The newest count of nodes; null before the first.</summary>
    public NodeObservation? Nodes { get; init; }

    /// <summary>What blocks it; null if nothing does.</summary>
    public BlockedReason? Blocked { get; init; }

    /// <summary>How far the rollout is that the driver asked for; null if it asked for none.</summary>
    public RolloutReceipt? RolloutReceipt { get; init; }

    /// <summary>The newest claim that nodes were replaced, and what the nodes say; null if nobody claimed it.</summary>
    public ClaimVerdict? Claim { get; init; }

    /// <summary>Who paused it and why; null if it is not paused.</summary>
    public OperatorRequest? Paused { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public MigrationOutcome? Outcome { get; init; }

    /// <summary>What could not be looked at, a sentence each.</summary>
    public IReadOnlyList<string> Waivers { get; init; } = [];

    /// <summary>One line on the shoot as last seen; null before the first look.</summary>
    public string? LastObservation { get; init; }
}
