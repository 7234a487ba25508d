using System.Text.Json.Serialization;

namespace Dualstack.Conformance;

/// <summary>Detail of a failure, written as the other language writes it.</summary>
internal sealed record Unlucky([property: JsonPropertyName("number")] int Number);
