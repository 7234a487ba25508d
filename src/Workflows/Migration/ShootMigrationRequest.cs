namespace Dualstack.Workflows;

/// <summary>Input of <see cref="MessageNames.ShootMigrationWorkflow"/>.</summary>
public sealed record ShootMigrationRequest
{
    /// <summary>The shoot.</summary>
    public required ShootKey Shoot { get; init; }

    /// <summary>Its uid; null to take that of the first look. Another object under the same name is never written to.</summary>
    public string? Uid { get; init; }

    /// <summary>Who replaces the nodes.</summary>
    public RolloutMode Rollout { get; init; } = RolloutMode.Manual;

    /// <summary>Who asked for the migration.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>How patient to be.</summary>
    public MigrationSettings Settings { get; init => field = value ?? new(); } = new();

    /// <summary>What an earlier run of the same migration carried over; null at the start.</summary>
    public MigrationState? Carried { get; init; }
}
