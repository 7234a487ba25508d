using Dualstack.Starter.Cli;
using Dualstack.Starter.Servers;
using Dualstack.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Dualstack.Starter.Demo;

/// <summary>The same worker as <c>src/Worker</c>, hosted in this process.</summary>
internal sealed class DemoWorker : IAsyncDisposable
{
    private readonly WebApplication host;

    private DemoWorker(WebApplication host) => this.host = host;

    public static async Task<DemoWorker> StartAsync(LocalServers servers, CliContext context, CancellationToken cancellationToken)
    {
        string[] options =
        [
            "--address", servers.TemporalAddress, "--namespace", servers.Options.Namespace,
            "--Temporal:ApiKey", string.Empty, "--Temporal:Tls:Enabled", "false",
            "--kubeconfig", servers.KubeconfigPath, "--garden", servers.Options.GardenIdentity,
            "--Garden:RequestsPerSecond", "0", "--health-port", "0", "--Limits:GracefulShutdown", "00:00:02",
        ];
        var host = WorkerHost.Build(options, builder => builder.Logging.SetMinimumLevel(context.Verbose ? LogLevel.Information : LogLevel.Error)
            .AddFilter((_, level) => level >= (context.Verbose ? LogLevel.Information : LogLevel.Error)));
        await host.StartAsync(cancellationToken);
        return new DemoWorker(host);
    }

    /// <summary>Fires if the worker ends by itself, which it does for no good reason only.</summary>
    public CancellationToken Ended => host.Lifetime.ApplicationStopping;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }
}
