using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

public class FailureException : TemporalException
{
    public FailureException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public FailureException(Failure failure, Exception? inner)
        : base(failure.Message, inner) => Failure = failure;

    public Failure? Failure { get; protected init; }

    public override string? StackTrace => string.IsNullOrEmpty(Failure?.StackTrace)
        ? base.StackTrace
        : string.IsNullOrEmpty(base.StackTrace) ? Failure.StackTrace : Failure.StackTrace + Environment.NewLine + base.StackTrace;
}
