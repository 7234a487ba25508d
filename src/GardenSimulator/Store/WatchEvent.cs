namespace Dualstack.GardenSimulator.Store;

/// <summary>One change of a shoot; <paramref name="Before"/> is null for a new one, <paramref name="Gone"/> tells a deletion.</summary>
internal sealed record WatchEvent(long Version, ShootEntry Entry, ShootEntry? Before, bool Gone);
