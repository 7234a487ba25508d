namespace Dualstack.Workflows.Activities;

/// <summary>Names the shoot of an activity.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have; null to take any, as in the first look.</param>
public sealed record ShootInput(ShootKey Shoot, string? Uid)
{
    /// <summary>For counts of nodes: the pools that are listed first, so that they are not cut; empty for none in particular.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>For counts of nodes: how long to leave between two looks while the shoot's API does not answer.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);
}
