using System.Diagnostics;

namespace Dualstack.Starter.Tests;

/// <summary>Runs the real executable, in an environment that holds nothing but what the test puts there.</summary>
internal sealed class Cli
{
    private readonly Dictionary<string, string?> environment = new()
    {
        ["HOME"] = Path.GetTempPath(),
        ["KUBECONFIG"] = null,
        ["TEMPORAL_ADDRESS"] = null,
        ["TEMPORAL_NAMESPACE"] = null,
        ["NO_COLOR"] = "1",
        ["DOTNET_CLI_HOME"] = Path.GetTempPath(),
    };

    public Cli With(string name, string value)
    {
        environment[name] = value;
        return this;
    }

    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dualstack.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new CliResult(process.ExitCode, await output, await error);
    }
}
