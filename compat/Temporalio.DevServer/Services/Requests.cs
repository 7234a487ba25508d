using Temporalio.Api.TaskQueue.V1;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Services;

/// <summary>Checks that many requests share.</summary>
internal static class Requests
{
    public static void CheckQueue(TaskQueue? queue, ServerLimits limits)
    {
        if (queue is null || queue.Name.Length == 0)
        {
            throw GrpcException.InvalidArgument("TaskQueue is not set on request.");
        }

        CheckLength("TaskQueue", queue.Name, limits);
    }

    public static void CheckWorkflow(WorkflowExecution? execution, ServerLimits limits)
    {
        if (execution is null)
        {
            throw GrpcException.InvalidArgument("Execution is not set on request.");
        }

        CheckWorkflowId(execution.WorkflowId, limits);
        if (execution.RunId.Length > 0 && !Guid.TryParse(execution.RunId, out _))
        {
            throw GrpcException.InvalidArgument("Invalid RunId.");
        }
    }

    public static void CheckWorkflowId(string id, ServerLimits limits)
    {
        if (id.Length == 0)
        {
            throw GrpcException.InvalidArgument("WorkflowId is not set on request.");
        }

        CheckLength("WorkflowId", id, limits);
    }

    public static void CheckLength(string name, string value, ServerLimits limits)
    {
        if (value.Length > limits.IdLength)
        {
            throw GrpcException.InvalidArgument($"{name} exceeds length limit. Length={value.Length} Limit={limits.IdLength}");
        }
    }

    public static void CheckBlob(string name, IMessage? value, ServerLimits limits)
    {
        if (value?.CalculateSize() > limits.BlobBytes)
        {
            throw GrpcException.InvalidArgument($"Blob data size exceeds limit. {name} has {value.CalculateSize()} bytes, the limit is {limits.BlobBytes}.");
        }
    }
}
