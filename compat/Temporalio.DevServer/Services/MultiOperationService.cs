using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>Update-with-start: both or neither.</summary>
internal sealed class MultiOperationService(EngineCore engine, StartService starts, UpdateService updates)
{
    public async Task<ExecuteMultiOperationResponse> ExecuteAsync(ExecuteMultiOperationRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            throw GrpcException.InvalidArgument("Operations have to be exactly [Start, Update].");
        }

        var parameters = Part(0, () => Parameters(start));
        Part(1, () => Check(start, update));
        var (started, record, run, commit) = engine.Directory.Locked(request.Namespace, start.WorkflowId, slot =>
        {
            var outcome = Part(0, () => StartRules.Start(engine, slot, parameters, start.WorkflowIdReusePolicy, start.WorkflowIdConflictPolicy));
            var created = outcome.Transitions.Count > 0 ? outcome.Transitions[^1] : null;
            if (created is not null)
            {
                WorkflowTasks.Ensure(created);
            }

            var (record, run, commit) = Part(1, () => updates.Admit(slot, outcome.Run, update.Request, created));
            return (
                StartService.Response(outcome),
                record,
                run,
                outcome.Transitions.Count > 0 ? engine.Commit([.. outcome.Transitions]) : commit);
        });
        await commit.ConfigureAwait(false);
        UpdateWorkflowExecutionResponse updated;
        try
        {
            updated = await UpdateService.WaitAsync(run, record, update.WaitPolicy, call).ConfigureAwait(false);
        }
        catch (GrpcException e)
        {
            throw Failed(1, e);
        }

        return new ExecuteMultiOperationResponse
        {
            Responses =
            {
                new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = started },
                new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = updated },
            },
        };
    }

    private StartParameters Parameters(StartWorkflowExecutionRequest start) =>
        start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified
            ? throw GrpcException.InvalidArgument("WorkflowIdConflictPolicy is required for UpdateWithStart.")
            : starts.Parameters(start);

    private bool Check(StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update)
    {
        updates.Check(update);
        if (update.WorkflowExecution.WorkflowId != start.WorkflowId)
        {
            throw GrpcException.InvalidArgument("WorkflowId is not consistent with previous operation(s).");
        }

        return update.WorkflowExecution.RunId.Length == 0
            ? true
            : throw GrpcException.InvalidArgument("RunId cannot be set for UpdateWithStart.");
    }

    private static T Part<T>(int index, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (GrpcException e)
        {
            throw Failed(index, e);
        }
    }

    private static GrpcException Failed(int index, GrpcException error)
    {
        var statuses = Enumerable.Range(0, 2).Select(i => i == index
            ? Status((int)error.Status, error.Message, error.Detail)
            : Status((int)StatusCode.Aborted, "Operation was aborted.", new MultiOperationExecutionAborted()));
        return new GrpcException(
            error.Status, $"Update-with-Start could not be executed: {error.Message}", new MultiOperationExecutionFailure { Statuses = { statuses } });
    }

    private static MultiOperationExecutionFailure.Types.OperationStatus Status(int code, string message, IMessage? detail)
    {
        var status = new MultiOperationExecutionFailure.Types.OperationStatus { Code = code, Message = message };
        if (detail is not null)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }
}
