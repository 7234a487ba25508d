using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Hosting;

/// <summary>Tells the log and the server that a workflow task failed.</summary>
internal sealed class WorkflowTaskFailures(WorkflowTaskAnswers answers, ILogger logger)
{
    internal async Task ReportAsync(PollWorkflowTaskQueueResponse task, Exception e)
    {
        logger.LogWarning(
            e,
            "Workflow task of {WorkflowType} {WorkflowId} (run {RunId}, attempt {Attempt}) failed",
            task.WorkflowType?.Name,
            task.WorkflowExecution.WorkflowId,
            task.WorkflowExecution.RunId,
            task.Attempt);
        try
        {
            if (task.Query != null)
            {
                await answers.FailQueryAsync(task, e);
            }
            else if (task.Attempt <= 1)
            {
                // Later attempts time out instead: the server's growing timeout keeps them from spinning.
                await answers.FailAsync(
                    task,
                    e is WorkflowNondeterminismException
                        ? WorkflowTaskFailedCause.NonDeterministicError
                        : WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure,
                    e);
            }
        }
        catch (RpcException rpc)
        {
            logger.LogDebug(rpc, "The failure of a workflow task could not be reported");
        }
    }

    internal Task ReportDeadlockAsync(PollWorkflowTaskQueueResponse task) => ReportAsync(
        task,
        new InvalidOperationException(
            $"[TMPRL1101] Potential deadlock detected: workflow {task.WorkflowExecution.WorkflowId} did not give its thread " +
            "back within 2 seconds. Workflow code must not block"));

    /// <summary>Says that the answer to a task was too large for a message.</summary>
    internal async Task ReportTooLargeAsync(PollWorkflowTaskQueueResponse task, RpcException e)
    {
        logger.LogWarning(
            "The answer to a workflow task of {WorkflowType} {WorkflowId} (run {RunId}) is too large: {Message}",
            task.WorkflowType?.Name,
            task.WorkflowExecution.WorkflowId,
            task.WorkflowExecution.RunId,
            e.Message);
        var failure = new ApplicationFailureException("GRPC Message too large", "GrpcMessageTooLarge", nonRetryable: true);
        try
        {
            if (task.Query != null)
            {
                await answers.FailQueryAsync(task, failure, WorkflowTaskFailedCause.GrpcMessageTooLarge);
            }
            else if (task.Attempt <= 1)
            {
                await answers.FailAsync(task, WorkflowTaskFailedCause.GrpcMessageTooLarge, failure);
            }
        }
        catch (RpcException rpc)
        {
            logger.LogDebug(rpc, "The failure of a workflow task could not be reported");
        }
    }
}
