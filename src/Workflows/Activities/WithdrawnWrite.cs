using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Activities;

/// <summary>A write whose operation is not wanted any more.</summary>
/// <param name="IntentId">The decision; the shoot carries it if it was written.</param>
/// <param name="Kind">What was asked for.</param>
public sealed record WithdrawnWrite(string IntentId, WriteKind Kind)
{
    /// <summary>The pools of a rollout as they were asked for; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>The operation annotation's value as its receipt tells it; null where there is no receipt, since the answer was lost. It then follows from kind and pools.</summary>
    public string? Operation { get; init; }
}
