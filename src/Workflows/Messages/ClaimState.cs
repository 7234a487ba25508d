using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>What came of a claim that nodes were replaced.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimState>))]
public enum ClaimState
{
    /// <summary>Recorded, and not checked yet.</summary>
    Recorded,

    /// <summary>Every node it is about is dual-stack.</summary>
    Confirmed,

    /// <summary>Some nodes are single-stack.</summary>
    Missing,

    /// <summary>It names a pool that the shoot does not have.</summary>
    UnknownPool,

    /// <summary>The nodes cannot be seen; Gardener's own check decides.</summary>
    CannotSee,

    /// <summary>The migration is not at the nodes yet, so the claim comes too early.</summary>
    TooEarly,

    /// <summary>The nodes are done with already.</summary>
    TooLate,
}
