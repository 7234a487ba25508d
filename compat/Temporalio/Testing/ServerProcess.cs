using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Temporalio.Testing;

/// <summary>The dev server as a child process. It ends with its parent, because its standard input does.</summary>
internal sealed class ServerProcess
{
    private const int KeptLines = 50;
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly string commandLine;
    private readonly ILogger logger;
    private readonly Queue<string> lastLines = new();

    private ServerProcess(Process process, string commandLine, ILogger logger)
    {
        this.process = process;
        this.commandLine = commandLine;
        this.logger = logger;
    }

    internal bool HasExited => process.HasExited;

    internal static ServerProcess Start(string? existingPath, IReadOnlyList<string> arguments, ILogger logger)
    {
        var path = existingPath ?? BuiltPath();
        if (!File.Exists(path))
        {
            throw new InvalidOperationException(
                $"There is no dev server at {path}. Build compat/Temporalio.DevServer, or name one with ExistingPath.");
        }

        var isAssembly = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> all = isAssembly ? [path, .. arguments] : arguments;
        var start = new ProcessStartInfo(isAssembly ? DotnetHost() : path, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            Environment = { ["TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF"] = "1" },
        };
        var server = new ServerProcess(new() { StartInfo = start }, $"{start.FileName} {string.Join(' ', all)}", logger);
        server.process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    internal string Describe(string problem)
    {
        lock (lastLines)
        {
            var output = lastLines.Count == 0 ? "It wrote nothing." : "It wrote:" + Environment.NewLine + string.Join(Environment.NewLine, lastLines);
            return $"The dev server did not start: {problem}. Command: {commandLine}. {output}";
        }
    }

    internal async Task StopAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        using var patience = new CancellationTokenSource(ExitPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static string BuiltPath() => typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "DevServerPath")?.Value
        ?? throw new InvalidOperationException("This build does not know where its dev server is: name one with ExistingPath.");

    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/, its host in <root>.
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Path.GetFileName(Environment.ProcessPath) == name ? Environment.ProcessPath : null,
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name)),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? name;
    }

    private void Keep(string? line)
    {
        if (line == null)
        {
            return;
        }

        logger.LogInformation("Dev server: {Line}", line);
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLines)
            {
                lastLines.Dequeue();
            }
        }
    }
}
