using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;
using GrpcStatus = Temporalio.Api.Common.V1.GrpcStatus;
using Operation = Temporalio.Api.WorkflowService.V1.ExecuteMultiOperationRequest.Types.Operation;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input)
    {
        var request = await UpdateRequestAsync(
            new(input.Id, input.Update, input.Args, input.Options.Id, input.Options.WaitForStage, input.Headers));
        request.WorkflowExecution.RunId = input.RunId ?? string.Empty;
        request.FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty;
        var rpc = TemporalClient.DefaultRetryOptions(input.Options.Rpc);
        UpdateWorkflowExecutionResponse response;
        try
        {
            do
            {
                response = await Service.UpdateWorkflowExecutionAsync(request, rpc);
            }
            while (response.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted);
        }
        catch (Exception e) when (WorkflowUpdateHandle.IsTimeoutOrCancel(e))
        {
            throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
        }

        return await UpdateHandleAsync<TResult>(request, response, input.RunId, input.Options.WaitForStage, input.Options.Rpc);
    }

    public override async Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input)
    {
        var operation = input.Options.StartWorkflowOperation
            ?? throw new ArgumentException("Start workflow operation is required in options");
        operation.TakeForUse();
        try
        {
            return await UpdateWithStartAsync<TUpdateResult>(input, operation);
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }

    private static void CheckStage(WorkflowUpdateStage stage)
    {
        switch (stage)
        {
            case WorkflowUpdateStage.None:
                throw new ArgumentException("WaitForStage is required to start workflow update");
            case WorkflowUpdateStage.Admitted:
                throw new ArgumentException("Admitted is not an allowed wait stage to start workflow update");
        }
    }

    private static void CheckStart(WorkflowOptions start)
    {
        if (start.StartSignal != null || start.StartSignalArgs != null)
        {
            throw new ArgumentException("Cannot have start signal on update with start");
        }

        if (start.RequestEagerStart)
        {
            throw new ArgumentException("Cannot request eager start on update with start");
        }

        if (start.IdConflictPolicy == WorkflowIdConflictPolicy.Unspecified)
        {
            throw new ArgumentException("Workflow ID conflict policy required for update with start");
        }

        if (start.Rpc != null)
        {
            throw new ArgumentException("Cannot set RPC options on start options, set them on the update options");
        }
    }

    // The status of the call says only that one operation failed; its details say which and why.
    private static RpcException Explain(RpcException e)
    {
        var failure = e.SingleDetail<MultiOperationExecutionFailure>()?.Statuses.FirstOrDefault(status =>
            status.Code != (int)RpcException.StatusCode.OK && !status.Details.Any(d => d.Is(MultiOperationExecutionAborted.Descriptor)));
        if (failure == null)
        {
            return e;
        }

        var status = new GrpcStatus { Code = failure.Code, Message = failure.Message, Details = { failure.Details } };
        return new((RpcException.StatusCode)failure.Code, failure.Message, status.ToByteArray());
    }

    private async Task<WorkflowUpdateHandle<TUpdateResult>> UpdateWithStartAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input, WithStartWorkflowOperation operation)
    {
        CheckStart(operation.Options);
        var start = await StartRequestAsync(operation.Workflow, operation.Args, operation.Options, operation.Headers);
        var update = await UpdateRequestAsync(
            new(start.WorkflowId, input.Update, input.Args, input.Options.Id, input.Options.WaitForStage, input.Headers));
        var request = new ExecuteMultiOperationRequest
        {
            Namespace = Namespace,
            Operations = { new Operation { StartWorkflow = start }, new Operation { UpdateWorkflow = update } },
        };
        var rpc = TemporalClient.DefaultRetryOptions(input.Options.Rpc);
        UpdateWorkflowExecutionResponse response;
        try
        {
            do
            {
                var responses = (await Service.ExecuteMultiOperationAsync(request, rpc)).Responses;
                if (responses is not [{ StartWorkflow: { } started }, { UpdateWorkflow: { } updated }])
                {
                    throw new InvalidOperationException("The server did not answer one start and one update.");
                }

                operation.Succeed(client, start.WorkflowId, started.RunId);
                response = updated;
            }
            while (response.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted);
        }
        catch (RpcException e) when (e.SingleDetail<MultiOperationExecutionFailure>() != null)
        {
            var explained = Explain(e);
            throw (Exception?)AlreadyStarted(explained, start) ?? explained;
        }
        catch (Exception e) when (WorkflowUpdateHandle.IsTimeoutOrCancel(e))
        {
            throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
        }

        return await UpdateHandleAsync<TUpdateResult>(update, response, null, input.Options.WaitForStage, input.Options.Rpc);
    }

    private async Task<WorkflowUpdateHandle<TResult>> UpdateHandleAsync<TResult>(
        UpdateWorkflowExecutionRequest request,
        UpdateWorkflowExecutionResponse response,
        string? runId,
        WorkflowUpdateStage stage,
        RpcOptions? rpc)
    {
        var answeredRunId = response.UpdateRef?.WorkflowExecution?.RunId;
        var handle = new WorkflowUpdateHandle<TResult>(
            client,
            request.Request.Meta.UpdateId,
            request.WorkflowExecution.WorkflowId,
            string.IsNullOrEmpty(answeredRunId) ? runId : answeredRunId)
        {
            KnownOutcome = response.Outcome,
        };
        if (stage == WorkflowUpdateStage.Completed)
        {
            await handle.WaitForOutcomeAsync(rpc);
        }

        return handle;
    }

    private async Task<UpdateWorkflowExecutionRequest> UpdateRequestAsync(UpdateCall call)
    {
        CheckStage(call.Stage);
        var converter = ConverterFor(call.WorkflowId);
        return new()
        {
            Namespace = Namespace,
            WorkflowExecution = new() { WorkflowId = call.WorkflowId },
            WaitPolicy = new() { LifecycleStage = (UpdateWorkflowExecutionLifecycleStage)call.Stage },
            Request = new()
            {
                Meta = new() { UpdateId = call.Id ?? Guid.NewGuid().ToString(), Identity = Identity },
                Input = new()
                {
                    Name = call.Update,
                    Args = await converter.ToPayloadsOrNullAsync(call.Args),
                    Header = await converter.ToHeaderAsync(call.Headers),
                },
            },
        };
    }

    private sealed record UpdateCall(
        string WorkflowId,
        string Update,
        IReadOnlyCollection<object?> Args,
        string? Id,
        WorkflowUpdateStage Stage,
        IDictionary<string, Api.Common.V1.Payload>? Headers);
}
