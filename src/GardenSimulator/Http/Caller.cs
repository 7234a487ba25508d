namespace Dualstack.GardenSimulator.Http;

/// <summary>Who sent a request.</summary>
internal sealed record Caller(string Name, Func<string, string, string?, bool> Allows)
{
    public IReadOnlyList<string> Verbs { get; init; } = ["*"];

    public IReadOnlyList<string> Resources { get; init; } = ["*"];
}
