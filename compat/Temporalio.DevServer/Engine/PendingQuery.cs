using Temporalio.Api.Query.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>A query that a caller waits for. Lost with the process; the caller asks again.</summary>
internal sealed class PendingQuery(string @namespace, string workflowId, string runId, WorkflowQuery query)
{
    private readonly TaskCompletionSource<WorkflowQueryResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Namespace { get; } = @namespace;

    public string WorkflowId { get; } = workflowId;

    public string RunId { get; } = runId;

    public WorkflowQuery Query { get; } = query;

    /// <summary>Rides on a workflow task that is with a worker.</summary>
    public bool Attached { get; set; }

    /// <summary>Was sent to matching as a task of its own.</summary>
    public bool Direct { get; set; }

    public bool Picked { get; set; }

    public Task<WorkflowQueryResult> Answer => answer.Task;

    public bool Complete(WorkflowQueryResult result) => answer.TrySetResult(result);

    public void Fail(Exception error) => answer.TrySetException(error);
}
