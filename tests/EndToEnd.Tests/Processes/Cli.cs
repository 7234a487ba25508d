using System.Diagnostics;

namespace Dualstack.EndToEnd.Tests.Processes;

/// <summary>Calls <c>dualstack</c> as a user would.</summary>
public sealed class Cli(IReadOnlyDictionary<string, string?> environment)
{
    /// <summary>How long a call may take before the test gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Starts a call that takes its time.</summary>
    public ManagedProcess Start(params string[] arguments) => ManagedProcess.Start("dualstack.dll", arguments, environment);

    /// <summary>The same user with other variables.</summary>
    public Cli With(string name, string? value) => new(new Dictionary<string, string?>(environment) { [name] = value }) { Patience = Patience };

    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dualstack.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'dualstack {string.Join(' ', arguments)}' did not end in time.\nstdout:\n{await output}\nstderr:\n{await error}");
        }

        return new CliResult(process.ExitCode, await output, await error);
    }
}
