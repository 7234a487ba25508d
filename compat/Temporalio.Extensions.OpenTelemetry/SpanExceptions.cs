using System.Diagnostics;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Temporalio.Extensions.OpenTelemetry;

internal static class SpanExceptions
{
    /// <summary>Adds the exception to the span, as its error unless the exception itself says that it is benign.</summary>
    internal static void Record(Activity? activity, Exception exception)
    {
        if (exception is not ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }

        activity?.AddException(exception);
    }

    /// <summary>Whether the exception ends the workflow or update, where any other fails the workflow task.</summary>
    internal static bool IsFailure(Exception exception) => exception is FailureException or OperationCanceledException;
}
