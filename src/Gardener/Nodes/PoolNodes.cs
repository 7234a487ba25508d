namespace Dualstack.Gardener.Nodes;

/// <summary>The nodes of one worker pool, counted.</summary>
/// <param name="Pool">The pool; empty for nodes without a pool label.</param>
/// <param name="Total">All nodes.</param>
/// <param name="Migrated">Nodes with as many pod ranges as families are asked for.</param>
/// <param name="Ready">Nodes that are ready.</param>
/// <param name="Newest">When the newest was created, by the clock of the shoot's API; null for no nodes.</param>
/// <param name="OldestBehind">When the oldest was created that is not migrated; null for none.</param>
/// <param name="Behind">Some of the nodes that are not migrated, by name.</param>
public sealed record PoolNodes(
    string Pool, int Total, int Migrated, int Ready, DateTimeOffset? Newest, DateTimeOffset? OldestBehind, IReadOnlyList<string> Behind);
