namespace Dualstack.Workflows.Activities;

/// <summary>Input of <see cref="IInfrastructureActivities.PreflightAsync"/>.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have; null to take any.</param>
public sealed record PreflightInput(ShootKey Shoot, string? Uid);
