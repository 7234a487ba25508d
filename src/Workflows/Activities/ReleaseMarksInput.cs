namespace Dualstack.Workflows.Activities;

/// <summary>Input of <see cref="IMarkActivities.ReleaseMarksAsync"/>.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have.</param>
/// <param name="WithdrawIntentId">The decision whose operation is to be withdrawn if Gardener has not taken it; null to leave operations alone.</param>
/// <param name="WithdrawOperation">The operation annotation's value that it had set.</param>
public sealed record ReleaseMarksInput(ShootKey Shoot, string Uid, string? WithdrawIntentId = null, string? WithdrawOperation = null);
