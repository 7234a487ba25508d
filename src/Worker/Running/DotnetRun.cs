using System.Diagnostics;
using System.Globalization;

namespace Dualstack.Worker.Running;

/// <summary>
/// The <c>dotnet run</c> that started this process. It hands SIGINT and SIGTERM on; when it is killed, nobody would know that the process
/// behind it still holds ports and data.
/// </summary>
public static class DotnetRun
{
    /// <summary>
    /// Fires when the <c>dotnet run</c> that started this process has ended. Never fires for a process that something else started, such as
    /// a shell, nohup or systemd, and only on Linux: Windows ends both by itself.
    /// </summary>
    public static CancellationToken Ended { get; } = Follow();

    /// <summary>Whether a command line is that of <c>dotnet run</c>.</summary>
    /// <param name="commandLine">The program and its arguments.</param>
    /// <returns>False for every other program, also one that <c>dotnet</c> hosts.</returns>
    internal static bool IsDotnetRun(string[] commandLine) =>
        commandLine is [var program, .. var arguments]
        && Path.GetFileNameWithoutExtension(program) == "dotnet"
        && arguments.SkipWhile(argument => argument.EndsWith("dotnet.dll", StringComparison.Ordinal)).FirstOrDefault() == "run";

    private static CancellationToken Follow()
    {
        if (!OperatingSystem.IsLinux() || Parent() is not { } parent)
        {
            return CancellationToken.None;
        }

        var ended = new CancellationTokenSource();
        _ = FollowAsync(parent, ended);
        return ended.Token;
    }

    private static async Task FollowAsync(Process parent, CancellationTokenSource ended)
    {
        using (parent)
        {
            await parent.WaitForExitAsync();
            await ended.CancelAsync();
        }
    }

    private static Process? Parent()
    {
        try
        {
            // The name in parentheses may hold anything.
            var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var id = int.Parse(fields[1], CultureInfo.InvariantCulture);
            return IsDotnetRun(File.ReadAllText($"/proc/{id}/cmdline").TrimEnd('\0').Split('\0')) ? Process.GetProcessById(id) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A parent that cannot be looked at, or that has ended already, is none to follow.
            return null;
        }
    }
}
