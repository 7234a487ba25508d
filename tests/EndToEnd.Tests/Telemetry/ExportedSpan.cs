namespace Dualstack.EndToEnd.Tests.Telemetry;

/// <summary>A span as it arrived at the receiver.</summary>
public sealed record ExportedSpan(string Service, string TraceId, string Name);
