using System.Net.Sockets;
using System.Security.Authentication;

namespace Dualstack.Gardener.Access;

/// <summary>Puts into a sentence why a server gave no answer.</summary>
internal static class ConnectionFailure
{
    /// <returns>The explanation; null for what is no failure of the connection.</returns>
    public static GardenAccessException? Explain(ServerTarget target, Exception failure, CancellationToken cancellationToken) => failure switch
    {
        GardenAccessException => null,
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => Unreachable(target, "it did not take the connection in time", failure),
        HttpRequestException or IOException or AuthenticationException => Find<GardenAccessException>(failure) ?? Explain(target, failure),
        _ => null,
    };

    private static GardenAccessException Explain(ServerTarget target, Exception failure)
    {
        var kind = (failure as HttpRequestException)?.HttpRequestError;
        if (target.Proxy is { } proxy && kind is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return Unreachable(target, $"the proxy {proxy.Host}:{proxy.Port} gives no connection ({Reason(failure)})", failure);
        }

        return kind switch
        {
            HttpRequestError.NameResolutionError => Unreachable(
                target, "its host name is not known; check the server address in the kubeconfig, and whether a VPN is needed", failure),
            HttpRequestError.SecureConnectionError => Unreachable(target, $"no TLS connection came about ({Reason(failure)})", failure),
            HttpRequestError.ConnectionError => Unreachable(target, Reason(failure), failure),
            _ => Unreachable(target, $"the connection broke ({Reason(failure)})", failure),
        };
    }

    private static GardenAccessException Unreachable(ServerTarget target, string why, Exception failure) =>
        new(GardenAccessProblem.Unreachable, $"{target.Authority} cannot be reached: {why}.", failure);

    private static string Reason(Exception failure)
    {
        if (Find<SocketException>(failure) is { } socket)
        {
            return socket.SocketErrorCode == SocketError.ConnectionRefused ? "nothing listens there (connection refused)" : socket.Message.TrimEnd('.');
        }

        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message.TrimEnd('.');
    }

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not (null or T))
        {
            failure = failure.InnerException;
        }

        return failure as T;
    }
}
