using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.GardenSimulator;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Testing;

namespace Dualstack.Starter.Tests;

/// <summary>A Temporal dev server without search attributes and a simulated garden; no worker.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dualstack-cli-");
    private WorkflowEnvironment temporal = null!;
    private GardenServer garden = null!;

    public string Address => temporal.Client.Connection.Options.TargetHost!;

    internal Cli Cli => new Cli().With("TEMPORAL_ADDRESS", Address).With("KUBECONFIG", Kubeconfig("admin"));

    public async Task InitializeAsync()
    {
        temporal = await WorkflowEnvironment.StartLocalAsync();
        garden = await GardenServer.StartAsync(
            new GardenServerOptions { ManifestDirectories = [Path.Combine(AppContext.BaseDirectory, "shoots")], Speed = 60 });
    }

    public async Task DisposeAsync()
    {
        await garden.DisposeAsync();
        await temporal.DisposeAsync();
        directory.Delete(recursive: true);
    }

    /// <summary>Marks a shoot as a migration does.</summary>
    public async Task MarkAsync(string projectNamespace, string name)
    {
        using var connection = GardenConnection.Open(
            new GardenConnectionOptions { KubeconfigPath = Kubeconfig("admin") }, NullLogger<GardenConnection>.Instance);
        await new GardenClient(connection.Kubernetes).PatchAsync(
            new ShootKey(projectNamespace, name),
            new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [GardenNames.MigrationLabel] = GardenNames.MigrationActive } } },
            dryRun: false,
            CancellationToken.None);
    }

    internal string Kubeconfig(string user)
    {
        var path = Path.Combine(directory.FullName, $"{user}.kubeconfig");
        File.WriteAllText(path, garden.KubeconfigFor(user));
        return path;
    }
}
