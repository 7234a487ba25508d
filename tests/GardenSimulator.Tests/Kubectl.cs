using System.Diagnostics;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>kubectl with a home directory of its own, so that nothing cached is believed.</summary>
internal sealed class Kubectl : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("kubectl-home");
    private readonly string configFile;

    public Kubectl(string kubeconfig)
    {
        configFile = System.IO.Path.Combine(home.FullName, "config");
        File.WriteAllText(configFile, kubeconfig);
    }

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(System.IO.Path.PathSeparator)
        .Select(directory => System.IO.Path.Combine(directory, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl"))
        .FirstOrDefault(File.Exists);

    public async Task<string> OutputAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: exit {code}: {error}");
        return output.Trim();
    }

    public async Task<string> ErrorAsync(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.NotEqual(0, code);
        return error.Trim();
    }

    public async Task<string> OutputOrErrorAsync(params string[] arguments)
    {
        var (_, output, error) = await RunAsync(arguments);
        return output.Length > 0 ? output : error;
    }

    public string Write(string content)
    {
        var path = System.IO.Path.Combine(home.FullName, System.IO.Path.GetRandomFileName());
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => home.Delete(recursive: true);

    private async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Path!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home.FullName;
        start.Environment["KUBECONFIG"] = configFile;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }
}
