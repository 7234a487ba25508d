using Temporalio.DevServer.Engine;

namespace Temporalio.DevServer.Matching;

/// <summary>Something for a worker. Only a hint: whether it still holds is asked when a worker takes it.</summary>
internal abstract record MatchTask;

internal sealed record WorkflowTaskHint(string Namespace, string WorkflowId, string RunId, long Stamp) : MatchTask;

internal sealed record ActivityTaskHint(string Namespace, string WorkflowId, string RunId, long ScheduledId, long Stamp) : MatchTask;

internal sealed record QueryTaskHint(PendingQuery Query) : MatchTask;
