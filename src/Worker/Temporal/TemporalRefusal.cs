using Dualstack.Worker.Configuration;
using Temporalio.Exceptions;

namespace Dualstack.Worker.Temporal;

/// <summary>Temporal answers, but does not accept who asks.</summary>
/// <param name="Words">What it says to that.</param>
public sealed record TemporalRefusal(string Words)
{
    private static readonly RpcException.StatusCode[] Codes = [RpcException.StatusCode.Unauthenticated, RpcException.StatusCode.PermissionDenied];

    /// <summary>Looks whether a failure is a refusal. A connection that could not be made carries the status in its text only.</summary>
    /// <param name="exception">What a call, or connecting, threw.</param>
    /// <returns>The refusal; null if it is another failure.</returns>
    public static TemporalRefusal? Of(Exception exception) => exception switch
    {
        RpcException e when Codes.Contains(e.Code) => new TemporalRefusal(e.Message),
        InvalidOperationException e when Codes.Any(code => e.Message.Contains($"code: {code}", StringComparison.Ordinal)) => new TemporalRefusal(e.Message),
        _ => null,
    };

    /// <summary>Says it in one sentence that names the settings to look at.</summary>
    /// <param name="settings">How the connection was made.</param>
    /// <returns>The sentence.</returns>
    public string Sentence(TemporalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return $"Temporal at {settings.Address} did not accept the credentials for namespace {settings.Namespace} ({Words.TrimEnd('.')}); "
            + "check TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.";
    }
}
