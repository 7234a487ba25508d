namespace Dualstack.Workflows.Evidence;

/// <summary>The nodes of one worker pool, counted.</summary>
/// <param name="Pool">The pool; empty for nodes without one.</param>
/// <param name="Total">All nodes.</param>
/// <param name="Done">Nodes with a pod range of each family.</param>
/// <param name="Ready">Nodes that are ready.</param>
public sealed record PoolObservation(string Pool, int Total, int Done, int Ready);
