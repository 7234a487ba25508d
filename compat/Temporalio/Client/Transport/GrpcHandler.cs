using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Temporalio.Client.Transport;

/// <summary>The HTTP/2 connections under a channel: keep-alive, TLS, proxy.</summary>
internal static class GrpcHandler
{
    private const int LongestProxyAnswer = 16 * 1024;

    internal static SocketsHttpHandler Create(TemporalConnectionOptions options, GrpcEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ActivityHeadersPropagator = null,

            // The host in the address may be only a name to verify, so what to dial is said here.
            ConnectCallback = (_, cancellationToken) => ConnectAsync(endpoint, options.HttpConnectProxy, cancellationToken),
        };
        if (options.DnsLoadBalancing is { } balancing)
        {
            // The name is looked up again whenever a connection is made.
            handler.PooledConnectionLifetime = balancing.ResolutionInterval;
        }

        if (options.KeepAlive is { } keepAlive)
        {
            handler.KeepAlivePingDelay = keepAlive.Interval;
            handler.KeepAlivePingTimeout = keepAlive.Timeout;
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        }

        if (endpoint.Tls)
        {
            handler.SslOptions = SslOptions(options.Tls ?? new());
        }

        return handler;
    }

    private static SslClientAuthenticationOptions SslOptions(TlsOptions tls)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (tls.ServerRootCACert is { } rootBytes)
        {
            var roots = Pem(rootBytes, nameof(tls.ServerRootCACert));
            if (roots.Count == 0)
            {
                throw new ArgumentException("TlsOptions.ServerRootCACert holds no PEM certificate.", nameof(tls));
            }

            ssl.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            ssl.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        if (tls.ClientCert is null != tls.ClientPrivateKey is null)
        {
            throw new ArgumentException("TlsOptions needs ClientCert and ClientPrivateKey together, or neither.", nameof(tls));
        }

        if (tls.ClientCert is { } certificate)
        {
            ssl.ClientCertificateContext = ClientCertificate(certificate, tls.ClientPrivateKey!);
        }

        return ssl;
    }

    private static SslStreamCertificateContext ClientCertificate(byte[] certificate, byte[] key)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
            var intermediates = Pem(certificate, nameof(TlsOptions.ClientCert));
            intermediates.RemoveAt(0);
            return SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"TlsOptions.ClientCert and ClientPrivateKey are no PEM certificate with its key: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection Pem(byte[] bytes, string name)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.UTF8.GetString(bytes));
            return certificates;
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"TlsOptions.{name} is not PEM: {e.Message}", e);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(
        GrpcEndpoint endpoint, HttpConnectProxyOptions? proxy, CancellationToken cancellationToken)
    {
        if (proxy == null)
        {
            return await DialAsync(endpoint.Host.Trim('[', ']'), endpoint.Port, cancellationToken);
        }

        if (string.IsNullOrEmpty(proxy.TargetHost))
        {
            throw new ArgumentException("TargetHost is required when HttpConnectProxyOptions is configured");
        }

        if (!Uri.TryCreate("http://" + proxy.TargetHost, UriKind.Absolute, out var address))
        {
            throw new ArgumentException($"'{proxy.TargetHost}' is not a proxy address: give it as host:port.", nameof(proxy));
        }

        var stream = await DialAsync(address.Host.Trim('[', ']'), address.Port, cancellationToken);
        try
        {
            await TunnelAsync(stream, endpoint, proxy, cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<NetworkStream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task TunnelAsync(
        NetworkStream stream, GrpcEndpoint endpoint, HttpConnectProxyOptions proxy, CancellationToken cancellationToken)
    {
        var target = $"{endpoint.Host}:{endpoint.Port}";
        var head = new StringBuilder($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        if (proxy.BasicAuth is var (user, password))
        {
            head.Append("Proxy-Authorization: Basic ")
                .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);

        // Byte by byte: what follows the head belongs to the server behind the proxy.
        var answer = new StringBuilder();
        var one = new byte[1];
        while (answer.Length < 4 || answer.ToString(answer.Length - 4, 4) != "\r\n\r\n")
        {
            if (answer.Length > LongestProxyAnswer || await stream.ReadAsync(one, cancellationToken) == 0)
            {
                throw new IOException($"The proxy {proxy.TargetHost} gave no complete answer to CONNECT.");
            }

            answer.Append((char)one[0]);
        }

        var status = answer.ToString().Split("\r\n")[0];
        if (status.Split(' ') is not [_, "200", ..])
        {
            throw new IOException($"The proxy {proxy.TargetHost} refused the connection: {status}");
        }
    }
}
