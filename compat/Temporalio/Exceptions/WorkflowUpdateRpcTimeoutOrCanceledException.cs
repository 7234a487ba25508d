namespace Temporalio.Exceptions;

public class WorkflowUpdateRpcTimeoutOrCanceledException(Exception? inner)
    : RpcTimeoutOrCanceledException("Timeout or cancellation waiting for update", inner);
