namespace Temporalio.Exceptions;

public class InvalidWorkflowOperationException : TemporalException
{
    internal InvalidWorkflowOperationException(string message)
        : base(message)
    {
    }

    internal InvalidWorkflowOperationException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
