using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

public class ActivityFailureException : FailureException
{
    public ActivityFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ActivityFailureInfo == null)
        {
            throw new ArgumentException("The failure carries no activity failure info.", nameof(failure));
        }
    }

    public new Failure Failure => base.Failure!;

    public string? Identity => Failure.ActivityFailureInfo.Identity is { Length: > 0 } identity ? identity : null;

    public string ActivityType => Failure.ActivityFailureInfo.ActivityType?.Name ?? string.Empty;

    public string ActivityId => Failure.ActivityFailureInfo.ActivityId;

    public RetryState RetryState => Failure.ActivityFailureInfo.RetryState;
}
