using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>An answer, and what is to be done to it on request.</summary>
internal sealed record ApiAnswer(int Code, ReadOnlyMemory<byte> Body)
{
    /// <summary>A fault that drops or delays the answer.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Ends when a delayed answer may go out.</summary>
    public Task? Released { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public static ApiAnswer Of(int code, JsonNode body) => new(code, body.ToUtf8());
}
