using Temporalio.Api.Sdk.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Everything that makes a run, whoever starts it.</summary>
internal sealed record StartParameters
{
    public required string Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public string RunId { get; init; } = Guid.CreateVersion7().ToString();

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public Payloads? Input { get; init; }

    public TimeSpan ExecutionTimeout { get; init; }

    public TimeSpan RunTimeout { get; init; }

    public TimeSpan TaskTimeout { get; init; }

    public string Identity { get; init; } = "";

    public string RequestId { get; init; } = "";

    public RetryPolicy? Retry { get; init; }

    public string Cron { get; init; } = "";

    public Memo? Memo { get; init; }

    public SearchAttributes? SearchAttributes { get; init; }

    public Header? Header { get; init; }

    public UserMetadata? UserMetadata { get; init; }

    public Priority? Priority { get; init; }

    public TimeSpan Delay { get; init; }

    public StartBackoff Backoff { get; init; }

    public string ParentNamespace { get; init; } = "";

    public WorkflowExecution? Parent { get; init; }

    public long ParentInitiatedId { get; init; }

    public WorkflowExecution? Root { get; init; }

    public bool AwaitsParent { get; init; }

    public int Attempt { get; init; } = 1;

    public string FirstRunId { get; init; } = "";

    public string ContinuedRunId { get; init; } = "";

    public ContinueAsNewInitiator Initiator { get; init; }

    public Failure? ContinuedFailure { get; init; }

    public Payloads? LastResult { get; init; }

    /// <summary>Kept along a chain of runs; null means that it starts here.</summary>
    public DateTimeOffset? ExecutionExpiration { get; init; }
}
