using Temporalio.Api.ErrorDetails.V1;

namespace Temporalio.DevServer.Grpc;

/// <summary>An error for the caller: status, sentence and at most one typed detail.</summary>
internal sealed class GrpcException(StatusCode status, string message, IMessage? detail = null) : Exception(message)
{
    public StatusCode Status { get; } = status;

    public IMessage? Detail { get; } = detail;

    public static GrpcException InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    public static GrpcException NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static GrpcException FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static GrpcException WorkflowNotReady(string message) =>
        new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static GrpcException WorkflowCompleted() => NotFound("workflow execution already completed");

    public static GrpcException Busy(string message) => new(
        StatusCode.ResourceExhausted,
        message,
        new ResourceExhaustedFailure { Cause = ResourceExhaustedCause.BusyWorkflow });
}
