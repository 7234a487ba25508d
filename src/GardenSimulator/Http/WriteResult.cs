using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Http;

/// <summary>What a write did.</summary>
internal sealed record WriteResult(int Code, JsonNode Body)
{
    /// <summary>Whether the result is part of the garden's state.</summary>
    public bool Committed { get; init; } = true;

    /// <summary>Whether the state differs from before.</summary>
    public bool Changed { get; init; } = true;

    /// <summary>The object after the write, for the audit log.</summary>
    public JsonNode? Object { get; init; }
}
