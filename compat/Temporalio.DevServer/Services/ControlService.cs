using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Services;

/// <summary>Signals, cancels, terminates, resets and deletes workflows.</summary>
internal sealed class ControlService(EngineCore engine)
{
    public async Task<SignalWorkflowExecutionResponse> SignalAsync(SignalWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request.Namespace, request.WorkflowExecution);
        if (request.SignalName.Length == 0)
        {
            throw GrpcException.InvalidArgument("SignalName is not set on request.");
        }

        Requests.CheckLength("SignalName", request.SignalName, engine.Limits);
        Requests.CheckBlob("Input", request.Input, engine.Limits);
        await ChangeAsync(request.Namespace, request.WorkflowExecution, "", (transition, _) => SignalRules.Signal(
            transition, request.SignalName, request.Input, request.Header, request.Identity, request.RequestId)).ConfigureAwait(false);
        return new SignalWorkflowExecutionResponse();
    }

    public async Task<RequestCancelWorkflowExecutionResponse> CancelAsync(RequestCancelWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request.Namespace, request.WorkflowExecution);
        await ChangeAsync(request.Namespace, request.WorkflowExecution, request.FirstExecutionRunId, (transition, _) =>
            SignalRules.RequestCancel(transition, request.Reason, request.Identity)).ConfigureAwait(false);
        return new RequestCancelWorkflowExecutionResponse();
    }

    public async Task<TerminateWorkflowExecutionResponse> TerminateAsync(TerminateWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request.Namespace, request.WorkflowExecution);
        await ChangeAsync(request.Namespace, request.WorkflowExecution, request.FirstExecutionRunId, (transition, slot) =>
        {
            WorkflowClose.Terminate(transition, slot, request.Reason, request.Details, request.Identity);
            return true;
        }).ConfigureAwait(false);
        return new TerminateWorkflowExecutionResponse();
    }

    public async Task<ResetWorkflowExecutionResponse> ResetAsync(ResetWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request.Namespace, request.WorkflowExecution);
        var (runId, commit) = engine.Directory.Locked(request.Namespace, request.WorkflowExecution.WorkflowId, slot =>
        {
            if (request.RequestId.Length > 0 && slot.Current is { } current && current.State.StartRequestId == request.RequestId)
            {
                return (current.State.RunId, current.LastCommit);
            }

            var transitions = ResetRules.Reset(engine, slot, slot.Get(request.WorkflowExecution), request);
            return (transitions[^1].State.RunId, engine.Commit([.. transitions]));
        });
        await commit.ConfigureAwait(false);
        return new ResetWorkflowExecutionResponse { RunId = runId };
    }

    public async Task<DeleteWorkflowExecutionResponse> DeleteAsync(DeleteWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request.Namespace, request.WorkflowExecution);
        await engine.Directory.Locked(request.Namespace, request.WorkflowExecution.WorkflowId, slot =>
        {
            var run = slot.Get(request.WorkflowExecution);
            if (run.State.IsOpen)
            {
                var transition = slot.Begin(run);
                WorkflowClose.Terminate(transition, slot, "Delete workflow execution", null, "history-service");
                _ = engine.Commit(transition);
            }

            slot.Forget(run.State.RunId);
            var (key, state) = (run.State.RunKey, run.State);
            return engine.Writer.Write(new WriteSet
            {
                RunKey = key,
                Other = session => RunDeletion.Apply(session, key, state.Namespace, state.WorkflowId, state.RunId),
            });
        }).ConfigureAwait(false);
        return new DeleteWorkflowExecutionResponse();
    }

    private void Check(string @namespace, WorkflowExecution? execution)
    {
        engine.Namespaces.Check(@namespace);
        Requests.CheckWorkflow(execution, engine.Limits);
    }

    private Task ChangeAsync(string @namespace, WorkflowExecution execution, string firstRunId, Func<Transition, WorkflowSlot, bool> change) =>
        engine.Directory.Locked(@namespace, execution.WorkflowId, slot =>
        {
            var run = slot.GetOpen(execution);
            if (firstRunId.Length > 0 && run.State.FirstRunId != firstRunId)
            {
                throw GrpcException.NotFound($"workflow not found for ID: {execution.WorkflowId} with first run {firstRunId}");
            }

            var transition = slot.Begin(run);
            if (change(transition, slot))
            {
                return engine.Commit(transition);
            }

            transition.Discard();
            return run.LastCommit;
        });
}
