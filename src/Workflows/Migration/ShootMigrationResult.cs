namespace Dualstack.Workflows;

/// <summary>How a migration ended.</summary>
public sealed record ShootMigrationResult
{
    /// <summary>The shoot.</summary>
    public required ShootKey Shoot { get; init; }

    /// <summary>The outcome.</summary>
    public required MigrationOutcome Outcome { get; init; }

    /// <summary>One sentence that says what happened.</summary>
    public required string Sentence { get; init; }

    /// <summary>The stage in which it ended.</summary>
    public MigrationStage Stage { get; init; }

    /// <summary>What could not be looked at, a sentence each.</summary>
    public IReadOnlyList<string> Waivers { get; init; } = [];

    /// <summary>When the migration began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset EndedAt { get; init; }
}
