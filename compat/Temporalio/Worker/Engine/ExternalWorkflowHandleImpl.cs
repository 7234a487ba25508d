using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed class ExternalWorkflowHandleImpl<TWorkflow>(WorkflowRun run, string id, string? runId)
    : ExternalWorkflowHandle<TWorkflow>
{
    public override string Id => id;

    public override string? RunId => runId;

    public override Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null) =>
        run.Outbound.SignalExternalWorkflowAsync(new(id, runId, signal, args, options, null));

    public override Task CancelAsync() => run.Outbound.CancelExternalWorkflowAsync(new(id, runId));
}
