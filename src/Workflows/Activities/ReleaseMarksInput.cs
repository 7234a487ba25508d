namespace Dualstack.Workflows.Activities;

/// <summary>Input of <see cref="IMarkActivities.ReleaseMarksAsync"/>.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have.</param>
public sealed record ReleaseMarksInput(ShootKey Shoot, string Uid)
{
    /// <summary>
    /// The newest writes of the migration: the operation of that one which the shoot carries is withdrawn if Gardener has not taken it. Empty to leave operations alone.
    /// </summary>
    public IReadOnlyList<WithdrawnWrite> Withdraw { get; init; } = [];
}
