using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>Starts a dev server process and waits until it answers.</summary>
internal static class ServerStart
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    internal static async Task<(ServerProcess Server, TemporalClient Client)> RunAsync(
        TemporalClientConnectOptions options, string? existingPath, Func<IPEndPoint, IReadOnlyList<string>> arguments)
    {
        if (options.Tls is { Disabled: false })
        {
            throw new NotSupportedException("The dev server speaks no TLS: leave out Tls.");
        }

        // An API key would otherwise turn TLS on.
        options.Tls = new() { Disabled = true };
        var given = options.TargetHost;
        var logger = options.LoggerFactory.CreateLogger<WorkflowEnvironment>();
        for (var attempt = 1; ; attempt++)
        {
            var address = Address(given);
            options.TargetHost = address.ToString();
            var server = ServerProcess.Start(existingPath, arguments(address), logger);
            try
            {
                await WaitUntilReadyAsync(server, options);
                return (server, await TemporalClient.ConnectAsync(options));
            }
            catch (Exception e)
            {
                var endedItself = server.HasExited;
                await server.StopAsync();

                // A free port may have been taken by another process before the server could bind it.
                if (!endedItself || given != null || attempt == Attempts)
                {
                    throw new InvalidOperationException(server.Describe(e.Message), e);
                }
            }
        }
    }

    internal static void RefuseDownloads(string? existingPath, string version, TimeSpan? timeToLive, string? directory)
    {
        if (existingPath == null && (version != "default" || timeToLive != null || directory != null))
        {
            throw new NotSupportedException(
                "The stand-in SDK downloads no server: leave out DownloadVersion, DownloadTtl and DownloadDirectory, or name a server with ExistingPath.");
        }
    }

    internal static List<string> LocalArguments(WorkflowEnvironmentStartLocalOptions options, IPEndPoint address)
    {
        var server = options.DevServerOptions;
        List<string> arguments =
        [
            "server", "start-dev",
            "--port", Text(address.Port),
            "--namespace", options.Namespace,
            "--ip", address.Address.ToString(),
            "--log-format", server.LogFormat,
            "--log-level", server.LogLevel,
        ];
        if (server.DatabaseFilename != null)
        {
            arguments.AddRange(["--db-filename", server.DatabaseFilename]);
        }

        if (!options.UI)
        {
            arguments.Add("--headless");
        }
        else if (options.UIPort != 0)
        {
            arguments.AddRange(["--ui-port", Text(options.UIPort)]);
        }

        foreach (var key in options.SearchAttributes ?? [])
        {
            arguments.AddRange(["--search-attribute", $"{key.Name}={key.ValueType}"]);
        }

        return [.. arguments, .. server.ExtraArgs ?? []];
    }

    internal static List<string> TimeSkippingArguments(WorkflowEnvironmentStartTimeSkippingOptions options, IPEndPoint address) =>
        [Text(address.Port), .. options.TestServer.ExtraArgs ?? []];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IPEndPoint Address(string? given)
    {
        if (given == null)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return (IPEndPoint)listener.LocalEndpoint;
        }

        if (!Uri.TryCreate("http://" + given, UriKind.Absolute, out var uri) || uri.IsDefaultPort)
        {
            throw new ArgumentException($"'{given}' is no address to start a server on: give it as host:port.", nameof(given));
        }

        var host = uri.Host.Trim('[', ']');
        return IPAddress.TryParse(host, out var address)
            ? new(address, uri.Port)
            : host == "localhost"
                ? new(IPAddress.Loopback, uri.Port)
                : throw new InvalidOperationException("TargetHost can only specify empty, localhost, or 127.0.0.1 host");
    }

    private static async Task WaitUntilReadyAsync(ServerProcess server, TemporalClientConnectOptions options)
    {
        var probe = TemporalConnection.CreateLazy(new(options.TargetHost!)
        {
            Tls = options.Tls,
            RpcMetadata = [KeyValuePair.Create("client-name", "online-checker")],
        });
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                try
                {
                    await probe.ConnectAsync();
                    return;
                }
                catch (InvalidOperationException e)
                {
                    if (server.HasExited)
                    {
                        throw new InvalidOperationException("it ended", e);
                    }

                    if (patience.IsCancellationRequested)
                    {
                        throw new InvalidOperationException($"it did not answer within {Patience.TotalSeconds} s ({e.Message})", e);
                    }
                }

                await Task.Delay(ProbeInterval);
            }
        }
        finally
        {
            probe.Close();
        }
    }
}
