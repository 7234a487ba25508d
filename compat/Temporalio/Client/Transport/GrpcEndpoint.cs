using System.Net;

namespace Temporalio.Client.Transport;

/// <summary>Where to connect, and as what to address the server.</summary>
internal sealed record GrpcEndpoint(string Host, int Port, bool Tls, Uri BaseAddress)
{
    internal bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    internal static GrpcEndpoint From(TemporalConnectionOptions options)
    {
        if (string.IsNullOrEmpty(options.TargetHost))
        {
            throw new ArgumentException("TargetHost is missing: give the server as host:port.", nameof(options));
        }

        if (options.TargetHost.Contains("://", StringComparison.Ordinal)
            || !Uri.TryCreate("http://" + options.TargetHost, UriKind.Absolute, out var target)
            || target.PathAndQuery != "/")
        {
            throw new ArgumentException($"'{options.TargetHost}' is not a server address: give it as host:port.", nameof(options));
        }

        // An API key never travels in the clear unless that was asked for.
        var tls = options.Tls is { } given ? !given.Disabled : !string.IsNullOrEmpty(options.ApiKey);
        var hasPort = options.TargetHost.TrimEnd('/').EndsWith($":{target.Port}", StringComparison.Ordinal);
        var port = hasPort || !tls ? target.Port : 443;
        var authority = tls && options.Tls?.Domain is { Length: > 0 } domain ? domain : target.Host;
        return new(target.Host, port, tls, new UriBuilder(tls ? "https" : "http", authority, port).Uri);
    }
}
