using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Writes;

/// <summary>How a guarded write ended, and the shoot as it then was.</summary>
/// <param name="IntentId">The decision.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="GenerationBefore">The generation at the decision.</param>
/// <param name="Observation">The shoot after the write, or as read if nothing was written.</param>
/// <param name="Why">For <see cref="WriteOutcome.DecideAnew"/> the reason, for <see cref="WriteOutcome.Refused"/> the server's own words; null otherwise.</param>
public sealed record WriteReceipt(
    string IntentId, WriteKind Kind, WriteOutcome Outcome, long GenerationBefore, ShootObservation Observation, string? Why = null)
{
    /// <summary>The pools that a rollout was asked for, at most 20; empty for other writes.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>The value of the operation annotation that was set, cut; null if none was.</summary>
    public string? Operation { get; init; }

    /// <summary>For <see cref="WriteOutcome.DecideAnew"/>: whether what was asked for does not fit the shoot, so that it would not be made later either.</summary>
    public bool Unfit { get; init; }

    /// <summary>Whether the shoot carries the write.</summary>
    /// <returns>True if it was written now or before.</returns>
    public bool IsWritten() => Outcome is WriteOutcome.Written or WriteOutcome.AlreadyWritten;
}
