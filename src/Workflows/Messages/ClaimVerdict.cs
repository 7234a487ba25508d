using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows;

/// <summary>A claim that nodes were replaced, and what the nodes say to it.</summary>
public sealed record ClaimVerdict
{
    /// <summary>The request id of the signal; one of our own if it carried none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Who claimed it; empty if unknown.</summary>
    public string By { get; init; } = string.Empty;

    /// <summary>Why it was claimed; empty if unknown.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The pools that the claim is about; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>The verdict.</summary>
    public ClaimState State { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public string Sentence { get; init; } = string.Empty;

    /// <summary>The claimed pools whose nodes are not all dual-stack, at most 20.</summary>
    public IReadOnlyList<PoolObservation> Missing { get; init; } = [];

    /// <summary>The signal's payload where it was not understood, shortened; null otherwise.</summary>
    public string? NotUnderstood { get; init; }

    /// <summary>When it was claimed.</summary>
    public DateTimeOffset ClaimedAt { get; init; }
}
