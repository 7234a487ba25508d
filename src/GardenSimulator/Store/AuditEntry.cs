using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Store;

/// <summary>One write request and what became of it.</summary>
internal sealed record AuditEntry
{
    public long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Verb { get; init; }

    public required string Path { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? User { get; init; }

    public string? UserAgent { get; init; }

    public string? FieldManager { get; init; }

    public bool DryRun { get; init; }

    public string? ContentType { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>The HTTP status; 0 if no answer was sent.</summary>
    public int Code { get; init; }

    /// <summary>Whether the garden's state holds the result.</summary>
    public bool Committed { get; init; }

    /// <summary>Whether the write differed from what was there.</summary>
    public bool Changed { get; init; }

    /// <summary>The generation after the write.</summary>
    public long? Generation { get; init; }

    public string? ResourceVersion { get; init; }

    /// <summary>What was done to the answer on request: withheld, dropped, delayed.</summary>
    public string? Fault { get; init; }

    public string? Message { get; init; }
}
