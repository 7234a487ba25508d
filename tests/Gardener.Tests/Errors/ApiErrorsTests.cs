using System.Net;
using Dualstack.Gardener.Errors;
using k8s.Autorest;
using k8s.Exceptions;

namespace Dualstack.Gardener.Tests.Errors;

public class ApiErrorsTests
{
    private static readonly ApiRequest Patch = new("the garden", "patch", "shoots", "garden-x", "shoot garden-x/a");

    [Theory]
    [InlineData(404, """{"kind":"Status","message":"shoots.core.gardener.cloud \"a\" not found"}""", GardenErrorKind.NotFound, "does not exist")]
    [InlineData(404, """{"kind":"Status","message":"the server could not find the requested resource"}""", GardenErrorKind.WrongGarden, "does the kubeconfig lead to a Gardener garden?")]
    [InlineData(404, "404 page not found", GardenErrorKind.WrongGarden, "knows no shoots")]
    [InlineData(415, """{"kind":"Status","message":"unsupported media type"}""", GardenErrorKind.Rejected, "unsupported media type")]
    [InlineData(401, """{"kind":"Status","message":"Unauthorized"}""", GardenErrorKind.Unauthenticated, "credentials")]
    [InlineData(403, """{"message":"shoots.core.gardener.cloud \"a\" is forbidden: User \"u\" cannot patch resource \"shoots\" in API group \"core.gardener.cloud\" in the namespace \"garden-x\""}""", GardenErrorKind.Forbidden, "patch shoots.core.gardener.cloud in namespace garden-x")]
    [InlineData(403, """{"message":"admission webhook \"validator\" denied the request: overlay must be set to false in conjunction with IPv6"}""", GardenErrorKind.Rejected, "overlay must be set to false")]
    [InlineData(403, """{"message":"shoots.core.gardener.cloud \"a\" is forbidden: spec cannot be changed because the shoot has been rescheduled to a new seed"}""", GardenErrorKind.Rejected, "rescheduled to a new seed")]
    [InlineData(403, """{"message":"shoots.core.gardener.cloud \"a\" is forbidden: the seed cannot be changed, it is a protected resource"}""", GardenErrorKind.Rejected, "protected resource")]
    [InlineData(422, """{"message":"Shoot \"a\" is invalid: spec.networking.ipFamilies: Forbidden: unsupported IP family update"}""", GardenErrorKind.Rejected, "unsupported IP family update")]
    [InlineData(409, """{"message":"conflict"}""", GardenErrorKind.Conflict, "changed by somebody else")]
    [InlineData(410, """{"message":"too old resource version"}""", GardenErrorKind.Expired, "too old")]
    [InlineData(500, """{"message":"Internal error occurred: failed calling webhook"}""", GardenErrorKind.Unreachable, "failed calling webhook")]
    [InlineData(502, "<html>Bad Gateway</html>", GardenErrorKind.Unreachable, "502")]
    [InlineData(429, "", GardenErrorKind.Unreachable, "429")]
    public void Translate_AnswersOfApiServers_SaysWhatIsWrong(int code, string body, GardenErrorKind kind, string words)
    {
        var translated = ApiErrors.Translate(Patch, Answer((HttpStatusCode)code, body), CancellationToken.None);

        Assert.NotNull(translated);
        Assert.Equal(kind, translated.Kind);
        Assert.Contains(words, translated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_RetryAfter_IsKept()
    {
        var answer = Answer(HttpStatusCode.TooManyRequests, "{}");
        answer.Response.Headers["Retry-After"] = ["7"];

        Assert.Equal(TimeSpan.FromSeconds(7), ApiErrors.Translate(Patch, answer, CancellationToken.None)!.RetryAfter);
    }

    [Fact]
    public void Translate_TimeoutOfTheClient_IsUnreachableButTheCallersCancellationIsNot()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Equal(GardenErrorKind.Unreachable, ApiErrors.Translate(Patch, new TaskCanceledException(), CancellationToken.None)!.Kind);
        Assert.Null(ApiErrors.Translate(Patch, new TaskCanceledException(), cancelled.Token));
    }

    [Fact]
    public void Translate_PluginWithoutCredentials_IsUnauthenticated() =>
        Assert.Equal(GardenErrorKind.Unauthenticated, ApiErrors.Translate(Patch, new KubeConfigException("plugin failed"), CancellationToken.None)!.Kind);

    private static HttpOperationException Answer(HttpStatusCode code, string body)
    {
        using var message = new HttpResponseMessage(code);
        return new HttpOperationException { Response = new HttpResponseMessageWrapper(message, body) };
    }
}
