using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

public class TerminatedFailureException : FailureException
{
    public TerminatedFailureException(Failure failure, Exception? inner, InboundFailureDetails? details)
        : base(failure, inner)
    {
        if (failure.TerminatedFailureInfo == null)
        {
            throw new ArgumentException("The failure carries no terminated failure info.", nameof(failure));
        }

        Details = details;
    }

    public new Failure Failure => base.Failure!;

    public IFailureDetails? Details { get; protected init; }
}
