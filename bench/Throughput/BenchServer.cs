using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Temporalio.Client;

namespace Dualstack.Bench.Throughput;

/// <summary>The dev server in a process of its own, with its database on disk, and what that process costs.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private BenchServer(Process process, DirectoryInfo folder, string address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
    }

    public string Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public long DatabaseBytes => folder.EnumerateFiles().Sum(static file => file.Length);

    public static async Task<BenchServer> StartAsync(params string[] more)
    {
        var path = typeof(TemporalClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(static attribute => attribute.Key == "DevServerPath")?.Value
            ?? throw new InvalidOperationException("This build has no dev server of its own: build without OfficialPackages.");
        var folder = Directory.CreateTempSubdirectory("bench-");
        var port = FreePort();
        string[] arguments =
        [
            path, "server", "start-dev", "--port", $"{port}", "--headless", "--log-level", "warn",
            "--db-filename", Path.Combine(folder.FullName, "temporal.db"), .. more,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            Environment = { ["TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF"] = "1" },
        })!;
        var server = new BenchServer(process, folder, $"127.0.0.1:{port}");
        while (!await server.AnswersAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The dev server ended with exit code {process.ExitCode}.");
            }

            await Task.Delay(5);
        }

        return server;
    }

    /// <summary>A connection of its own.</summary>
    public Task<TemporalClient> ConnectAsync(bool gzip) => TemporalClient.ConnectAsync(new(Address)
    {
        GrpcCompression = gzip ? new GrpcCompression.Gzip() : new GrpcCompression.None(),
    });

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ConnectAsync(gzip: false);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
