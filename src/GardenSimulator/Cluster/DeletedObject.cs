namespace Dualstack.GardenSimulator.Cluster;

/// <summary>The last state of an object that is gone, for watches that have not seen it go.</summary>
internal sealed record DeletedObject(string Resource, string Json, long Version);
