using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dualstack.EndToEnd.Tests.Processes;

/// <summary>A program of the product, started from the test's own output folder, with everything that it printed.</summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    private const ulong InterruptBit = 1UL << 1;
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly SemaphoreSlim lineArrived = new(0);

    private ManagedProcess(Process process) => this.process = process;

    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    public string Output => string.Join(Environment.NewLine, lines);

    public static ManagedProcess Start(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var managed = new ManagedProcess(new Process { StartInfo = start });
        managed.process.OutputDataReceived += managed.Record;
        managed.process.ErrorDataReceived += managed.Record;
        managed.process.Start();
        managed.process.BeginOutputReadLine();
        managed.process.BeginErrorReadLine();
        return managed;
    }

    /// <summary>Waits until a line contains the text, and returns it; fails with everything printed if the process ends first.</summary>
    public async Task<string> WaitForLineAsync(string text, TimeSpan? timeout = null)
    {
        using var deadline = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(60));
        while (true)
        {
            if (lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            Assert.False(process.HasExited, $"The process ended before it printed '{text}':{Environment.NewLine}{Output}");
            try
            {
                await lineArrived.WaitAsync(TimeSpan.FromSeconds(1), deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"'{text}' was not printed in time:{Environment.NewLine}{Output}");
            }
        }
    }

    /// <summary>Ends it as a machine that loses power would: no handler runs.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    /// <summary>Ends it and everything that it started, at once.</summary>
    public async Task KillTreeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    public Task<int> TerminateAsync() => EndAsync("-TERM");

    /// <summary>Presses Ctrl-C (SIGINT) and waits until it has ended.</summary>
    public Task<int> InterruptAsync() => EndAsync(IsInterruptIgnored() ? "-TERM" : "-INT");

    public async Task WaitForExitAsync(TimeSpan? timeout = null)
    {
        using var deadline = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The process did not end in time:{Environment.NewLine}{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillTreeAsync();
        process.Dispose();
        lineArrived.Dispose();
    }

    // A shell makes its background jobs, and all that they start, deaf to Ctrl-C. SIGTERM ends a command in the same way.
    private static bool IsInterruptIgnored() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t') is [_, var mask]
        && (ulong.Parse(mask, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & InterruptBit) != 0;

    private async Task<int> EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await WaitForExitAsync();
        return process.ExitCode;
    }

    private void Record(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not null)
        {
            lines.Enqueue(e.Data);
            lineArrived.Release();
        }
    }
}
