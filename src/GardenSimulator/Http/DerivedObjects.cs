using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Cluster;

namespace Dualstack.GardenSimulator.Http;

/// <summary>
/// The present objects of a computed resource, those that have gone lately, since which version which object exists, and the oldest
/// version from which a watch misses nothing.
/// </summary>
internal sealed record DerivedObjects(IEnumerable<JsonObject> Items, List<DeletedObject> Deleted, long Version, long Oldest, IReadOnlyDictionary<string, long> Created);
