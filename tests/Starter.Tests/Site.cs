using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
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
            new GardenServerOptions
            {
                ManifestDirectories = [Path.Combine(AppContext.BaseDirectory, "shoots")],
                Speed = 60,
                Users = [GardenUser.Viewer, new GardenUser("member", ["*"], ["*"], ["garden-retail"])],
            });
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

    /// <summary>What was written to shoots so far, as the garden's audit has it.</summary>
    public async Task<IReadOnlyList<JsonElement>> WritesAsync()
    {
        using var authority = X509Certificate2.CreateFromPem(garden.CertificateAuthorityPem);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        using var http = new HttpClient(handler) { BaseAddress = garden.BaseAddress };
        var audit = await http.GetFromJsonAsync<List<JsonElement>>(new Uri("simulator/audit", UriKind.Relative));
        return
        [
            .. audit!.Where(entry => entry.GetProperty("verb").GetString() is "patch" or "update"
                && entry.GetProperty("committed").GetBoolean() && !entry.GetProperty("dryRun").GetBoolean()),
        ];
    }

    /// <summary>Writes a user's kubeconfig, with a namespace in its context if one is given.</summary>
    internal string Kubeconfig(string user, string? @namespace = null)
    {
        var path = Path.Combine(directory.FullName, $"{user}.kubeconfig");
        var kubeconfig = garden.KubeconfigFor(user);
        File.WriteAllText(
            path, @namespace is null ? kubeconfig : kubeconfig.Replace("    user:", $"    namespace: {@namespace}\n    user:", StringComparison.Ordinal));
        return path;
    }
}
