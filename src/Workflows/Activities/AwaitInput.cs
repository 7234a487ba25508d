using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Activities;

/// <summary>Input of activities that look again and again.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Uid">The uid it must have.</param>
/// <param name="LookEvery">How long to leave between two looks; the delay of the retry that a look that found too little asks for.</param>
public sealed record AwaitInput(ShootKey Shoot, string? Uid, TimeSpan LookEvery)
{
    /// <summary>How long the garden may be silent before the activity gives up with <see cref="ErrorTypes.GardenUnreachable"/>.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pools whose nodes are waited for; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>For waits for Gardener: the newest write of the migration; null before the first.</summary>
    public AwaitedRun? Awaited { get; init; }

    /// <summary>For waits for Gardener: whether the shoot must keep its generation from one look to the next, too.</summary>
    public bool UntilSettled { get; init; }

    /// <summary>Types of conditions that were bad before the migration; they are not waited for.</summary>
    public IReadOnlyList<string> UnhealthyBefore { get; init; } = [];
}
