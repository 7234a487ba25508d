namespace Dualstack.GardenSimulator.Cluster;

internal sealed record NodeTaint(string Key, string? Value, string Effect);
