namespace Temporalio.Exceptions;

public abstract class TemporalException : Exception
{
    protected TemporalException()
    {
    }

    protected TemporalException(string message)
        : base(message)
    {
    }

    protected TemporalException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    public static bool IsCanceledException(Exception e) => e switch
    {
        OperationCanceledException or CanceledFailureException => true,
        ActivityFailureException { InnerException: CanceledFailureException } => true,
        ChildWorkflowFailureException { InnerException: CanceledFailureException } => true,
        _ => false,
    };
}
