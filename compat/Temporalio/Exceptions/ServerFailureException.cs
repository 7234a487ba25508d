using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

public class ServerFailureException : FailureException
{
    public ServerFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ServerFailureInfo == null)
        {
            throw new ArgumentException("The failure carries no server failure info.", nameof(failure));
        }
    }

    public new Failure Failure => base.Failure!;

    public bool NonRetryable => Failure.ServerFailureInfo.NonRetryable;
}
