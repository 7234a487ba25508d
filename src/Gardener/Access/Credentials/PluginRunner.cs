using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Dualstack.Gardener.Access;

/// <summary>Runs a credential plugin once.</summary>
internal sealed class PluginRunner(CredentialPlugin plugin, KubeconfigCluster cluster, GardenConnectionOptions options)
{
    private const int LongestOutput = 1024 * 1024;
    private const int LongestQuote = 300;

    public string Name => plugin.Command;

    /// <exception cref="GardenAccessException">It is not installed, failed, or did not answer with credentials.</exception>
    public async Task<PluginCredentials> RunAsync(CancellationToken cancellationToken)
    {
        var interactive = options.Interactive && plugin.Interaction != PluginInteraction.Never;
        if (!interactive && plugin.Interaction == PluginInteraction.Always)
        {
            throw Failed("it needs somebody at the terminal, and there is none");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.PluginTimeout);
        using var process = Start(interactive);
        try
        {
            var output = ReadAsync(process.StandardOutput, limit.Token);
            var errors = LastLineAsync(process.StandardError, interactive ? options.PluginOutput : TextWriter.Null, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var (printed, complaint) = (await output, await errors);
            if (process.ExitCode != 0)
            {
                // What it says may hold secrets, and failures of a worker are kept where others read them.
                var said = options.Interactive && complaint is not null ? $" and said: {complaint}" : string.Empty;
                throw Failed($"it ended with exit code {process.ExitCode}{said}");
            }

            return PluginCredentials.Parse(printed, plugin.ApiVersion);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"it did not end within {options.PluginTimeout.TotalSeconds:0.#} s and was stopped");
        }
        catch (FormatException e)
        {
            throw Failed(e.Message);
        }
        finally
        {
            Stop(process);
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            output.Append(buffer, 0, length);
            if (output.Length > LongestOutput)
            {
                throw new FormatException("it printed more than 1 MiB");
            }
        }

        return output.ToString();
    }

    private static async Task<string?> LastLineAsync(StreamReader reader, TextWriter echo, CancellationToken cancellationToken)
    {
        // In pieces, not lines: the question for a password comes without the end of its line.
        var tail = new StringBuilder();
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            await echo.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            await echo.FlushAsync(cancellationToken);
            tail.Append(buffer, 0, length);
            tail.Remove(0, Math.Max(0, tail.Length - (4 * LongestQuote)));
        }

        var last = tail.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return last is { Length: > LongestQuote } ? last[..LongestQuote] + "…" : last;
    }

    private Process Start(bool interactive)
    {
        var start = new ProcessStartInfo(Find())
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = !interactive,
        };
        foreach (var argument in plugin.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[PluginRequest.Variable] = Request(interactive);
        try
        {
            var process = Process.Start(start) ?? throw Failed("it could not be started");
            if (!interactive)
            {
                process.StandardInput.Close();
            }

            return process;
        }
        catch (Win32Exception e)
        {
            throw Failed($"it could not be started: {e.Message}");
        }
    }

    private string Request(bool interactive)
    {
        try
        {
            return PluginRequest.Create(plugin, cluster, interactive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GardenAccessException(
                GardenAccessProblem.InvalidKubeconfig, $"The certificate authority of cluster \"{cluster.Name}\" cannot be read: {e.Message}", e);
        }
    }

    // Not left to the runtime, which would look beside the program and in the current folder first.
    private string Find()
    {
        if (plugin.Command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || plugin.Command.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(plugin.Command, plugin.Directory.Length == 0 ? Directory.GetCurrentDirectory() : plugin.Directory);
            return File.Exists(path) ? path : throw Missing();
        }

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat", string.Empty] : [string.Empty];
        return (options.Environment("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, plugin.Command + ending)))
            .FirstOrDefault(File.Exists) ?? throw Missing();
    }

    private GardenAccessException Missing() => new(
        GardenAccessProblem.PluginMissing,
        $"The credential plugin \"{plugin.Command}\" that the kubeconfig names is not installed. {plugin.InstallHint ?? "Install it, or put its folder into PATH."}");

    private GardenAccessException Failed(string why) =>
        new(GardenAccessProblem.PluginFailed, $"The credential plugin \"{plugin.Command}\" gave no credentials: {why.TrimEnd('.')}.");
}
