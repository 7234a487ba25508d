using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dualstack.Starter.Servers;

namespace Dualstack.Starter.Tests;

/// <summary>The servers of <c>dualstack dev</c> as a newcomer starts and ends them.</summary>
public sealed class DevProcessTests : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dualstack-dev-");
    private readonly int port = FreePort();

    private readonly List<Process> started = [];

    private string IdFile => Path.Combine(directory.FullName, DataOwner.IdFile);

    public void Dispose()
    {
        foreach (var process in started)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            process.Dispose();
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Dev_DotnetRunWasKilled_LeftAnOrphanOnPortsAndData()
    {
        var run = Start(["run", "--no-build", "-c", Configuration, "--project", Repository.PathOf("src/Starter"), "--"]);
        await PrintedAsync(run, "export TEMPORAL_ADDRESS");
        using var dev = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(IdFile), CultureInfo.InvariantCulture));
        Assert.NotEqual(run.Id, dev.Id);

        run.Kill();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await dev.WaitForExitAsync(patience.Token);
        await PrintedAsync(Start([Path.Combine(AppContext.BaseDirectory, "dualstack.dll")]), "export TEMPORAL_ADDRESS");
    }

    [Fact]
    public async Task Dev_AnotherRunsOnTheSameData_DidNotSayWhich()
    {
        var first = Start([Path.Combine(AppContext.BaseDirectory, "dualstack.dll")]);
        await PrintedAsync(first, "export TEMPORAL_ADDRESS");

        (await new Cli().RunAsync(Arguments())).IsRefused(1, $"dualstack dev (pid {first.Id}) still runs", $"kill {first.Id}");
    }

    private string[] Arguments() =>
        ["dev", "--data", directory.FullName, "--port", port.ToString(CultureInfo.InvariantCulture), "--ui-port", "0", "--garden-port", "0"];

    private Process Start(string[] how)
    {
        var start = new ProcessStartInfo("dotnet", [.. how, .. Arguments()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        started.Add(process);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task PrintedAsync(Process process, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The process ended before it printed \"{text}\".");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
