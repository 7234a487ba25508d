using Dualstack.Workflows;

namespace Dualstack.Starter.Migrations;

/// <summary>A migration as commands show it; its JSON form is stable.</summary>
internal sealed record MigrationView
{
    public string ApiVersion { get; init; } = "dualstack.dev/v1";

    public string Kind { get; init; } = "Migration";

    public required ShootKey Shoot { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public required MigrationPhase Phase { get; init; }

    /// <summary>False if no worker answered, so that only what Temporal itself knows is shown.</summary>
    public bool WorkerAnswered { get; init; }

    public string? Stage { get; init; }

    public DateTimeOffset? StageSince { get; init; }

    public string? WaitingFor { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public MigrationOutcome? Outcome { get; init; }

    public string? Sentence { get; init; }

    public string? NextCommand { get; init; }

    public BlockedReason? Blocked { get; init; }

    public Workflows.Evidence.NodeObservation? Nodes { get; init; }

    public ClaimVerdict? Claim { get; init; }

    public IReadOnlyList<string> Waivers { get; init; } = [];

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOpen() => Phase is MigrationPhase.Running or MigrationPhase.WaitsForPerson or MigrationPhase.Blocked;

    public int ExitCode() => Phase switch
    {
        MigrationPhase.Running => Cli.ExitCode.StillRunning,
        MigrationPhase.WaitsForPerson => Cli.ExitCode.WaitsForPerson,
        MigrationPhase.Blocked => Blocked is { BeforeFirstWrite: true } ? Cli.ExitCode.PreflightBlocked : Cli.ExitCode.WaitsForPerson,
        MigrationPhase.Succeeded or MigrationPhase.NotApplicable or MigrationPhase.Reverted => Cli.ExitCode.Done,
        _ => Cli.ExitCode.EndedBadly,
    };
}
