namespace Dualstack.Workflows.Activities;

/// <summary>Names the shoot of an activity.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have; null to take any, as in the first look.</param>
public sealed record ShootInput(ShootKey Shoot, string? Uid);
