namespace Dualstack.Workflows.Tests.Garden;

public sealed record ScriptedNode(string Name, string Pool, bool Dual, DateTimeOffset CreatedAt);
