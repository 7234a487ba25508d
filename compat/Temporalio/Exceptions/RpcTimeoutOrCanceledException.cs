namespace Temporalio.Exceptions;

public class RpcTimeoutOrCanceledException(string message, Exception? inner) : TemporalException(message, inner);
