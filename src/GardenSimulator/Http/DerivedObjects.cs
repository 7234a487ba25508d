using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Cluster;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The present objects of a computed resource, those that have gone lately, and since which version which object exists.</summary>
internal sealed record DerivedObjects(IEnumerable<JsonObject> Items, List<DeletedObject> Deleted, long Version, IReadOnlyDictionary<string, long> Created);
