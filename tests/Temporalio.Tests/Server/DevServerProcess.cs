using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>The dev server as its users run it: a process of its own, which can be killed and started again.</summary>
public sealed class DevServerProcess : IAsyncLifetime
{
    private readonly List<string> arguments;
    private Process? process;
    private readonly ConcurrentQueue<string> errors = [];

    public DevServerProcess()
        : this([])
    {
    }

    internal DevServerProcess(IEnumerable<string> extra, bool skipTime = false, bool headless = true)
    {
        Port = FreePort();
        arguments = skipTime ? [$"{Port}", .. extra] : ["server", "start-dev", "--port", $"{Port}", .. headless ? ["--headless"] : Array.Empty<string>(), "--log-level", "warn", .. extra];
    }

    public int Port { get; }

    public TemporalClient Client { get; private set; } = null!;

    public string Errors => string.Concat(errors);

    public IReadOnlyList<string> ErrorLines => [.. errors];

    public static string Path => typeof(TemporalClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "DevServerPath").Value!;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Process Launch(IEnumerable<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
                Environment = { ["TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF"] = "1" },
            },
        };
        process.Start();
        return process;
    }

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync()
    {
        process!.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await process.WaitForExitAsync(patience.Token);
        process.Dispose();
    }

    public async Task StartAsync()
    {
        process = Launch(arguments);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        Client = await Eventually.SucceedsAsync(() => TemporalClient.ConnectAsync(new($"127.0.0.1:{Port}")));
    }

    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>As kill -9 does: no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
