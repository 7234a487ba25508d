using Dualstack.GardenSimulator;
using Dualstack.Starter.Cli;
using Dualstack.Workflows;
using Microsoft.Extensions.Logging;
using Temporalio.Testing;

namespace Dualstack.Starter.Servers;

/// <summary>The embedded Temporal dev server and the simulated garden, with their data in one directory.</summary>
internal sealed class LocalServers : IAsyncDisposable
{
    private readonly WorkflowEnvironment temporal;
    private readonly DataOwner owner;

    private LocalServers(WorkflowEnvironment temporal, GardenServer garden, DataOwner owner, LocalServersOptions options, int uiPort)
    {
        this.temporal = temporal;
        this.owner = owner;
        Garden = garden;
        Options = options;
        Ui = new Uri($"http://127.0.0.1:{uiPort}/");
        KubeconfigPath = Path.GetFullPath(Path.Combine(options.DataDirectory, "garden.kubeconfig"));
    }

    public LocalServersOptions Options { get; }

    public GardenServer Garden { get; }

    public string TemporalAddress => temporal.Client.Connection.Options.TargetHost!;

    public Uri Ui { get; }

    public string KubeconfigPath { get; }

    public static async Task<LocalServers> StartAsync(LocalServersOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var owner = await DataOwner.ClaimAsync(options.DataDirectory, options.Time, cancellationToken);
        try
        {
            await LoopbackPort.WaitUntilFreeAsync(options.TemporalPort, "--port", options.Time, cancellationToken);
            await LoopbackPort.WaitUntilFreeAsync(options.UiPort, "--ui-port", options.Time, cancellationToken);
            await LoopbackPort.WaitUntilFreeAsync(options.GardenPort, "--garden-port", options.Time, cancellationToken);
            return await StartAsync(options, owner, loggers, cancellationToken);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Garden.DisposeAsync();
        await temporal.DisposeAsync();
        owner.Dispose();
    }

    private static async Task<LocalServers> StartAsync(
        LocalServersOptions options, DataOwner owner, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var garden = await GardenServer.StartAsync(
            new GardenServerOptions
            {
                GardenIdentity = options.GardenIdentity,
                Port = options.GardenPort,
                DataDirectory = Path.GetFullPath(Path.Combine(options.DataDirectory, "garden")),
                ManifestDirectories = options.ShootDirectories,
                Speed = options.Speed,
                GardenerVersion = options.GardenerVersion ?? new GardenServerOptions().GardenerVersion,
            },
            cancellationToken);
        try
        {
            var uiPort = options.UiPort == 0 ? LoopbackPort.Free() : options.UiPort;
            var servers = new LocalServers(await StartTemporalAsync(options, uiPort, loggers), garden, owner, options, uiPort);
            garden.WriteKubeconfig(servers.KubeconfigPath);
            return servers;
        }
        catch
        {
            await garden.DisposeAsync();
            throw;
        }
    }

    private static async Task<WorkflowEnvironment> StartTemporalAsync(LocalServersOptions options, int uiPort, ILoggerFactory loggers)
    {
        try
        {
            return await WorkflowEnvironment.StartLocalAsync(new WorkflowEnvironmentStartLocalOptions
            {
                TargetHost = $"127.0.0.1:{(options.TemporalPort == 0 ? LoopbackPort.Free() : options.TemporalPort)}",
                Namespace = options.Namespace,
                UI = true,
                UIPort = uiPort,
                SearchAttributes = MigrationSearchAttributes.All,
                LoggerFactory = loggers,
                DevServerOptions = new DevServerOptions
                {
                    DatabaseFilename = Path.GetFullPath(Path.Combine(options.DataDirectory, "temporal.db")),
                },
            });
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException)
        {
            throw new CliException(ExitCode.Error, $"The Temporal dev server did not start: {e.Message}", e);
        }
    }
}
