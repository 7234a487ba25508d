using System.Diagnostics;
using System.Text.Json;
using Dualstack.Gardener.Access;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Demo;
using Dualstack.Starter.Migrations;
using Dualstack.Starter.Servers;
using Dualstack.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Client;

namespace Dualstack.Starter.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dualstack-demo-test-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Demo_KeptWithJson_PrintedTwoDocumentsAndNoHint()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "shoots", "dual-stack.yaml"), Path.Combine(directory.FullName, "dual-stack.yaml"));
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "dualstack.dll"), "demo", "--keep", "-o", "json", "--shoots", directory.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var demo = Process.Start(start)!;
        try
        {
            var output = demo.StandardOutput.ReadToEndAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            List<string> said = [];
            while (said.LastOrDefault()?.StartsWith("Ctrl-C", StringComparison.Ordinal) != true)
            {
                said.Add(await demo.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(string.Join('\n', said)));
            }

            foreach (var line in new[] { "alias dualstack=", "dualstack status garden-retail/modern", "kubectl -n garden-retail get shoot modern", "http://127.0.0.1:" })
            {
                Assert.Contains(said, text => text.Contains(line, StringComparison.Ordinal));
            }

            demo.Kill(entireProcessTree: true);
            using var document = JsonDocument.Parse(await output);
            Assert.Equal("Demo", document.RootElement.GetProperty("kind").GetString());
        }
        finally
        {
            demo.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Operator_CannotReplaceTheNodes_WasWaitedForInVain()
    {
        await using var servers = await LocalServers.StartAsync(
            new LocalServersOptions { DataDirectory = directory.FullName }, NullLoggerFactory.Instance, CancellationToken.None);
        using var garden = GardenConnection.Open(new GardenConnectionOptions { KubeconfigPath = servers.KubeconfigPath });
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(servers.TemporalAddress));
        await using var person = new DemoOperator(servers, client, garden, TimeProvider.System);
        var nowhere = new MigrationView
        {
            Shoot = new ShootKey("sim", "garden-retail", "nowhere"),
            WorkflowId = "shoot/sim/garden-retail/nowhere",
            RunId = "run",
            Phase = MigrationPhase.WaitsForPerson,
            WaitingFor = nameof(WaitingFor.Operator),
        };

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        CliException? failure = null;
        while (failure is null && await tick.WaitForNextTickAsync(patience.Token))
        {
            failure = Record.Exception(() => person.Attend(nowhere, "uid")) as CliException;
        }

        Assert.Contains("garden-retail/nowhere", failure!.Message, StringComparison.Ordinal);
    }
}
