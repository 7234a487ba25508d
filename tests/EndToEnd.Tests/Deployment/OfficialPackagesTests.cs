using System.Diagnostics;
using System.IO.Compression;

namespace Dualstack.EndToEnd.Tests.Deployment;

/// <summary>What <c>-p:OfficialPackages=true</c> does with a feed, told with feeds that are folders.</summary>
public sealed class OfficialPackagesTests : IDisposable
{
    private static readonly (string Id, string Version)[] Official =
    [
        ("KubernetesClient", "19.0.2"),
        ("OpenTelemetry.Extensions.Hosting", "1.20.1"),
        ("Temporalio", "1.18.0"),
        ("Temporalio.Extensions.Hosting", "1.18.0"),
        ("Temporalio.Extensions.OpenTelemetry", "1.18.0"),
    ];

    private readonly string directory = Directory.CreateTempSubdirectory("dualstack-feed-").FullName;

    [Fact]
    public async Task Feed_WithoutSomeOfThePackages_IsRefusedWithOneErrorThatNamesThem()
    {
        Publish(Official[0]);
        Publish(("Temporalio", "1.17.0"));

        var (exitCode, output) = await FindAsync();

        Assert.NotEqual(0, exitCode);
        var error = Assert.Single(output.Split('\n'), line => line.Contains("error", StringComparison.Ordinal));
        Assert.All(Official[1..], package => Assert.Contains(package.Id + (package == Official[^1] ? "." : ","), error, StringComparison.Ordinal));
        Assert.DoesNotContain(Official[0].Id, error, StringComparison.Ordinal);
        Assert.Contains("stand-ins of compat/", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_WithAllThePackages_IsTaken()
    {
        Array.ForEach(Official, Publish);

        var (exitCode, output) = await FindAsync();

        Assert.True(exitCode == 0, output);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private void Publish((string Id, string Version) package)
    {
        var feed = Directory.CreateDirectory(Path.Combine(directory, "feed")).FullName;
        using var archive = ZipFile.Open(Path.Combine(feed, $"{package.Id}.{package.Version}.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry($"{package.Id}.nuspec").Open());
        writer.Write($"""
            <package>
              <metadata><id>{package.Id}</id><version>{package.Version}</version><authors>test</authors><description>Empty.</description></metadata>
            </package>
            """);
    }

    /// <summary>Only looks for the packages: a restore would change what the running tests were built from.</summary>
    private async Task<(int ExitCode, string Output)> FindAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = directory,
            ArgumentList =
            {
                "msbuild", Repository.PathOf("src", "Workflows", "Workflows.csproj"),
                "-t:FindOfficialPackages", "-p:OfficialPackages=true", "-nologo", "-v:q", "-nodeReuse:false",
                $"-p:RestoreSources={Path.Combine(directory, "feed")}", $"-p:RestorePackagesPath={Path.Combine(directory, "packages")}",
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
