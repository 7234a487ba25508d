using System.Diagnostics;

namespace Dualstack.Worker.Tests;

public sealed class ProcessTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData(2, "--adress", "--adress", "x")]
    [InlineData(2, "host:port", "--address", "temporal")]
    [InlineData(1, "/nowhere/kubeconfig", "--kubeconfig", "/nowhere/kubeconfig")]
    [InlineData(1, "No worker answers", "healthcheck", "--health-port", "1")]
    [InlineData(2, "Health:Port", "--health-port", "abc")]
    public Task Worker_CannotStart_EndsWithOneSentence(int exitCode, string says, params string[] arguments) =>
        EndsAsync(exitCode, says, null, arguments);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "foo", "OTEL_EXPORTER_OTLP_")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere", "OTEL_EXPORTER_OTLP_")]
    [InlineData("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/etc/hostname", "/etc/hostname")]
    [InlineData("TEMPORAL_TLS", "yes", "TEMPORAL_TLS")]
    public Task Worker_VariableCannotBeUsed_EndedWithAStackTrace(string name, string value, string says) =>
        EndsAsync(2, says, start =>
        {
            start.Environment["KUBECONFIG"] = site.Kubeconfig;
            start.Environment[name] = value;
        });

    [Fact]
    public async Task Worker_SettingsFileIsNoJson_EndedWithAStackTrace()
    {
        var directory = Directory.CreateTempSubdirectory("dualstack-settings-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "appsettings.json"), "{ Garden");
            await EndsAsync(2, "appsettings.json", start => start.WorkingDirectory = directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task EndsAsync(int exitCode, string says, Action<ProcessStartInfo>? configure, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        configure?.Invoke(start);
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
