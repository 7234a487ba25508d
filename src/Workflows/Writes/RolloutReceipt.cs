namespace Dualstack.Workflows.Writes;

/// <summary>The receipt of a rollout. It has one of its own because a rollout asked for twice replaces every node twice.</summary>
/// <param name="IntentId">The decision.</param>
/// <param name="Step">How far it is.</param>
/// <param name="RequestedAt">When it was written, by the garden's clock.</param>
/// <param name="Generation">The shoot's generation after the write.</param>
public sealed record RolloutReceipt(string IntentId, RolloutStep Step, DateTimeOffset RequestedAt, long Generation)
{
    /// <summary>The pools that it was asked for; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>The value of the operation annotation.</summary>
    public string? Operation { get; init; }

    /// <summary>When Gardener took it on, by the garden's clock; null if it has not.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>When every node was seen to be dual-stack; null before.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}
