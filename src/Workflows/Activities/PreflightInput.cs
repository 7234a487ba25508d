namespace Dualstack.Workflows.Activities;

/// <summary>Input of <see cref="IInfrastructureActivities.PreflightAsync"/>.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have; null to take any.</param>
public sealed record PreflightInput(ShootKey Shoot, string? Uid)
{
    /// <summary>How long to leave between two looks while the API of a shoot that may be migrated already does not answer.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);
}
