using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

public record WorkflowUpdateHandle(ITemporalClient Client, string Id, string WorkflowId, string? WorkflowRunId = null)
{
    internal Outcome? KnownOutcome { get; set; }

    public Task GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(rpcOptions);

    public virtual async Task<TResult> GetResultAsync<TResult>(RpcOptions? rpcOptions = null)
    {
        var outcome = await WaitForOutcomeAsync(rpcOptions);
        var converter = Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(Client.Options.Namespace, WorkflowId));
        if (outcome.ValueCase == Outcome.ValueOneofCase.Failure)
        {
            throw new WorkflowUpdateFailedException(await converter.ToExceptionAsync(outcome.Failure));
        }

        return await converter.ToResultAsync<TResult>(outcome.Success);
    }

    internal static bool IsTimeoutOrCancel(Exception e) => e is OperationCanceledException ||
        e is RpcException { Code: RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled };

    internal async Task<Outcome> WaitForOutcomeAsync(RpcOptions? rpcOptions)
    {
        while (KnownOutcome == null)
        {
            try
            {
                var response = await Client.Connection.WorkflowService.PollWorkflowExecutionUpdateAsync(
                    new()
                    {
                        Namespace = Client.Options.Namespace,
                        UpdateRef = new()
                        {
                            WorkflowExecution = new() { WorkflowId = WorkflowId, RunId = WorkflowRunId ?? string.Empty },
                            UpdateId = Id,
                        },
                        Identity = Client.Connection.Options.Identity ?? string.Empty,
                        WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
                    },
                    TemporalClient.DefaultRetryOptions(rpcOptions));
                KnownOutcome = response.Outcome;
            }
            catch (Exception e) when (IsTimeoutOrCancel(e))
            {
                throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
            }
        }

        return KnownOutcome;
    }
}
