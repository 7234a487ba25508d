namespace Temporalio.Client;

public sealed class WithStartWorkflowOperation<THandle> : WithStartWorkflowOperation
    where THandle : WorkflowHandle
{
    private readonly TaskCompletionSource<THandle> handle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<ITemporalClient, string, string, THandle> create;

    internal WithStartWorkflowOperation(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        Func<ITemporalClient, string, string, THandle> create)
        : base(workflow, args, options) => this.create = create;

    public Task<THandle> GetHandleAsync() => handle.Task;

    internal override void Succeed(ITemporalClient client, string id, string runId) =>
        handle.TrySetResult(create(client, id, runId));

    internal override void Fail(Exception exception)
    {
        if (handle.TrySetException(exception))
        {
            // The caller has the same exception from the update; not asking for the handle as well is fine.
            _ = handle.Task.Exception;
        }
    }
}
