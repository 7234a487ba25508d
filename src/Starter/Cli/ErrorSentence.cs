using Dualstack.Gardener.Access;
using Dualstack.Gardener.Errors;
using Dualstack.GardenSimulator.Manifests;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Temporal;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Cli;

/// <summary>Turns what went wrong into one sentence and an exit code.</summary>
internal static class ErrorSentence
{
    public static (int Code, string Sentence) Of(Exception exception, CliContext context) => exception switch
    {
        CliException e => (e.ExitCode, e.Message),
        ConfigurationException or ManifestException => (ExitCode.Usage, exception.Message),
        GardenAccessException e => (Code(e.Problem), Sentence(e)),
        GardenException e => (Code(e.Kind), e.Message),
        RpcException e => Temporal(e, context),
        RpcTimeoutOrCanceledException => (ExitCode.Error, $"Temporal at {context.Temporal.Address} did not answer in time."),
        IOException or UnauthorizedAccessException => (ExitCode.Error, exception.Message),
        _ => (ExitCode.Error, $"{exception.Message.TrimEnd('.')}. (Unexpected; --verbose shows where.)"),
    };

    private static int Code(GardenAccessProblem problem) => problem switch
    {
        GardenAccessProblem.NoKubeconfig or GardenAccessProblem.InvalidKubeconfig or GardenAccessProblem.UnknownContext => ExitCode.Usage,
        GardenAccessProblem.CredentialsUnreadable or GardenAccessProblem.PluginMissing or GardenAccessProblem.PluginFailed
            or GardenAccessProblem.Unauthorized or GardenAccessProblem.Forbidden => ExitCode.RightsMissing,
        GardenAccessProblem.NotFound => ExitCode.NotFound,
        _ => ExitCode.Error,
    };

    private static int Code(GardenErrorKind kind) => kind switch
    {
        GardenErrorKind.NotFound or GardenErrorKind.Recreated => ExitCode.NotFound,
        GardenErrorKind.Unauthenticated or GardenErrorKind.Forbidden => ExitCode.RightsMissing,
        _ => ExitCode.Error,
    };

    private static string Sentence(GardenAccessException exception) => exception.Problem == GardenAccessProblem.NoKubeconfig
        ? $"{exception.Message} For a simulated garden run: dualstack dev"
        : exception.Message;

    private static (int Code, string Sentence) Temporal(RpcException exception, CliContext context) => exception.Code switch
    {
        RpcException.StatusCode.NotFound => (ExitCode.NotFound, exception.Message),
        _ when TemporalRefusal.Of(exception) is { } refusal => (ExitCode.RightsMissing, refusal.Sentence(context.Temporal)),
        RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled => (
            ExitCode.Error, $"Temporal at {context.Temporal.Address} does not answer: {exception.Message}"),
        _ => (ExitCode.Error, $"Temporal refused the request: {exception.Message}"),
    };
}
