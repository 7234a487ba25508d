using System.Net;
using System.Net.Security;

namespace Dualstack.Gardener.Access;

/// <summary>Connections to one server. A renewed client certificate gets connections of its own.</summary>
internal sealed class ServerTransport(ServerTarget target, TimeSpan connectTimeout, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private Connections? connections;

    public ServerTarget Target => target;

    /// <exception cref="GardenAccessException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ClientCertificate? certificate, CancellationToken cancellationToken)
    {
        // The client does not send the one of its configuration.
        if (request.Headers.UserAgent.Count == 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", GardenConnection.UserAgent);
        }

        if (target.TlsServerName is { } name)
        {
            request.Headers.Host = name;
        }

        try
        {
            return await ConnectionsFor(certificate).SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (ConnectionFailure.Explain(target, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    public void Dispose() => connections?.Dispose();

    private Connections ConnectionsFor(ClientCertificate? certificate)
    {
        lock (gate)
        {
            if (connections is null || connections.Certificate != certificate)
            {
                // The former ones are not disposed: watches may still run on them. They close when idle.
                connections = new Connections(CreateHandler(certificate), certificate);
            }

            return connections;
        }
    }

    private SocketsHttpHandler CreateHandler(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = target.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
            ConnectTimeout = connectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = certificate?.Context,
                RemoteCertificateValidationCallback = (_, presented, chain, errors) =>
                    target.SkipTlsVerify || ServerCertificate.Check(target, presented, chain, errors, time),
            },
        };
        if (target.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = ProxyCredentials(proxy) };
        }
        else if (target.Address.IsLoopback)
        {
            handler.UseProxy = false;
        }

        return handler;
    }

    private static NetworkCredential? ProxyCredentials(Uri proxy) =>
        proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
            ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(rest is [var password] ? password : string.Empty))
            : null;

    private sealed class Connections(SocketsHttpHandler handler, ClientCertificate? certificate) : HttpMessageInvoker(handler, disposeHandler: true)
    {
        public ClientCertificate? Certificate => certificate;
    }
}
