using System.Globalization;
using System.Net;
using System.Text.Json;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Shoots;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;

namespace Dualstack.Gardener.Errors;

/// <summary>Turns what the Kubernetes client throws into <see cref="GardenException"/> with one clear sentence.</summary>
public static class ApiErrors
{
    private const int LongestQuote = 1000;

    /// <summary>Runs a request and translates what it throws.</summary>
    /// <typeparam name="T">What the request gives.</typeparam>
    /// <param name="request">What is asked, for the message.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancellationToken">The caller's token; its cancellation passes through untranslated.</param>
    /// <returns>What the request gave.</returns>
    /// <exception cref="GardenException">The request failed.</exception>
    public static async Task<T> GuardAsync<T>(ApiRequest request, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call();
        }
        catch (Exception exception) when (Translate(request, exception, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Translates an exception.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The translation; null if there is none, because the caller cancelled or it is no failure of the API.</returns>
    public static GardenException? Translate(ApiRequest request, Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return exception switch
        {
            GardenException translated => translated,
            GardenAccessException access => new GardenException(KindOf(access.Problem), access.Message, access),
            HttpOperationException answer => FromAnswer(request, answer),
            KubernetesException { Status: { } status } => FromStatus(
                request, (HttpStatusCode)(status.Code ?? 500), status.Message ?? status.Reason, exception),
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            OperationCanceledException => Unreachable(request, "it did not answer in time", exception),
            HttpRequestException => Unreachable(request, Innermost(exception), exception),
            IOException => Unreachable(request, "the connection broke", exception),
            JsonException => Unreachable(request, "its answer was not JSON", exception),
            KubeConfigException => new GardenException(
                GardenErrorKind.Unauthenticated, $"No credentials for {request.Api}: {Quote(exception.Message)}", exception),
            _ => null,
        };
    }

    private static GardenErrorKind KindOf(GardenAccessProblem problem) => problem switch
    {
        GardenAccessProblem.Unreachable or GardenAccessProblem.NoShootAccess => GardenErrorKind.Unreachable,
        GardenAccessProblem.Forbidden => GardenErrorKind.Forbidden,
        GardenAccessProblem.NotFound => GardenErrorKind.NotFound,
        _ => GardenErrorKind.Unauthenticated,
    };

    private static GardenException FromAnswer(ApiRequest request, HttpOperationException answer)
    {
        var words = Message(answer.Response?.Content);
        var translated = FromStatus(request, answer.Response?.StatusCode ?? HttpStatusCode.InternalServerError, words, answer);
        return RetryAfter(answer) is { } wait && translated.IsTransient
            ? new GardenException(translated.Kind, translated.Message, answer) { RetryAfter = wait }
            : translated;
    }

    private static GardenException FromStatus(ApiRequest request, HttpStatusCode code, string? words, Exception inner)
    {
        var said = Quote(words);
        return code switch
        {
            HttpStatusCode.NotFound when LacksResource(words) => new(
                GardenErrorKind.WrongGarden, $"{Capital(request.Api)} knows no {request.Resource}; does the kubeconfig lead to a Gardener garden?", inner),
            HttpStatusCode.NotFound => new(GardenErrorKind.NotFound, $"{Capital(request.Subject)} does not exist in {request.Api}.", inner),
            HttpStatusCode.Unauthorized => new(
                GardenErrorKind.Unauthenticated, $"{Capital(request.Api)} did not accept the credentials (401); renew them and try again.", inner),
            HttpStatusCode.Forbidden when LacksRight(request.Verb, words) => new(GardenErrorKind.Forbidden, MissingRight(request), inner),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => Unreachable(request, $"it answered {(int)code}: {said}", inner),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.Conflict or HttpStatusCode.Gone) => new(
                GardenErrorKind.Rejected, $"{Capital(request.Api)} refused to {request.Verb} {request.Subject}: {said}", inner)
            { ServerWords = said },
            HttpStatusCode.Conflict => new(GardenErrorKind.Conflict, $"{Capital(request.Subject)} was changed by somebody else meanwhile.", inner),
            HttpStatusCode.Gone => new(GardenErrorKind.Expired, $"The position in the list of {request.Resource} is too old.", inner),
            _ => Unreachable(request, $"it answered {(int)code}: {said}", inner),
        };
    }

    private static GardenException Unreachable(ApiRequest request, string why, Exception inner) => new(
        GardenErrorKind.Unreachable, $"{Capital(request.Api)} could not be asked to {request.Verb} {request.Subject}: {why.TrimEnd('.')}.", inner);

    private static string MissingRight(ApiRequest request)
    {
        var group = request.Resource.StartsWith(GardenNames.Shoots, StringComparison.Ordinal) ? "." + GardenNames.Group : string.Empty;
        var where = request.Namespace is { } name ? $"in namespace {name}" : "in all namespaces";
        return $"The right to {request.Verb} {request.Resource}{group} {where} of {request.Api} is missing; ask its administrator for the verb \"{request.Verb}\".";
    }

    // A 403 also carries refusals by admission; only the authorizer speaks of what a user cannot do.
    private static bool LacksRight(string verb, string? words) =>
        words is null || !words.Contains("is forbidden", StringComparison.Ordinal) && !words.Contains("denied the request", StringComparison.Ordinal)
        || words.Contains($" cannot {verb} resource", StringComparison.Ordinal);

    // Unlike a 404 about one object, which names it.
    private static bool LacksResource(string? words) =>
        words is not null
        && (words.Contains("could not find the requested resource", StringComparison.Ordinal) || words.Contains("page not found", StringComparison.Ordinal));

    private static string? Message(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        try
        {
            using var status = JsonDocument.Parse(body);
            return status.RootElement.Text("message") ?? status.RootElement.Text("reason");
        }
        catch (JsonException)
        {
            // A proxy in between answers in prose or HTML.
            return body;
        }
    }

    private static TimeSpan? RetryAfter(HttpOperationException answer)
    {
        var header = answer.Response?.Headers?.FirstOrDefault(pair => string.Equals(pair.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        return int.TryParse(header?.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return Quote(exception.Message);
    }

    private static string Quote(string? words) => words switch
    {
        null or "" => "no reason given",
        { Length: > LongestQuote } => words[..LongestQuote] + "…",
        _ => words,
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
