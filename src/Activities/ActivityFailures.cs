using Dualstack.Gardener.Errors;
using Dualstack.Workflows.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Dualstack.Activities;

/// <summary>Turns errors of the garden into failures that say whether to try again. They carry one sentence, and nothing of requests or answers.</summary>
internal static class ActivityFailures
{
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (GardenException exception)
        {
            throw From(exception);
        }
    }

    public static ApplicationFailureException From(GardenException exception)
    {
        var type = exception.Kind switch
        {
            GardenErrorKind.NotFound => ErrorTypes.ShootGone,
            GardenErrorKind.Recreated => ErrorTypes.UidChanged,
            GardenErrorKind.WrongGarden => ErrorTypes.WrongGarden,
            GardenErrorKind.Unauthenticated or GardenErrorKind.Forbidden => ErrorTypes.RightsMissing,
            GardenErrorKind.Rejected => ErrorTypes.AdmissionRefused,
            _ => ErrorTypes.GardenUnreachable,
        };
        return new ApplicationFailureException(
            exception.Message, errorType: type, nonRetryable: ErrorTypes.Final.Contains(type), nextRetryDelay: exception.RetryAfter);
    }

    public static ApplicationFailureException NotYet(string what, TimeSpan lookAgainIn) =>
        new(what, errorType: ErrorTypes.NotYet, nextRetryDelay: lookAgainIn, category: ApplicationErrorCategory.Benign);
}
