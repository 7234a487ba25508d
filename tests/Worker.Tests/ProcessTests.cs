using System.Diagnostics;

namespace Dualstack.Worker.Tests;

public sealed class ProcessTests
{
    [Theory]
    [InlineData(2, "--adress", "--adress", "x")]
    [InlineData(2, "host:port", "--address", "temporal")]
    [InlineData(1, "/nowhere/kubeconfig", "--kubeconfig", "/nowhere/kubeconfig")]
    [InlineData(1, "No worker answers", "healthcheck", "--health-port", "1")]
    public async Task Worker_CannotStart_EndsWithOneSentence(int exitCode, string says, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Dualstack.Worker.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode, $"{process.ExitCode}: {error}");
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty(await output);
    }
}
