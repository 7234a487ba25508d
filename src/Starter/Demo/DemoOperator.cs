using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Nodes;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Starter.Servers;
using Dualstack.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using GardenShoot = Dualstack.Gardener.Shoots.ShootKey;

namespace Dualstack.Starter.Demo;

/// <summary>
/// Plays the person: replaces the nodes of the simulated shoot by hand, looks at them through the shoot's own API,
/// and says so by the same signal as <c>dualstack nodes done</c>; once too early if one pool is done before the others.
/// </summary>
internal sealed class DemoOperator : IAsyncDisposable
{
    private const int Families = 2;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private readonly TimeProvider time;
    private readonly NodeClaims claims;
    private readonly ShootAccess access;
    private readonly HttpClient simulator;
    private readonly X509Certificate2 authority;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<ShootKey, Task> work = [];

    public DemoOperator(LocalServers servers, ITemporalClient client, GardenConnection garden, TimeProvider time)
    {
        this.time = time;
        claims = new NodeClaims(client);
        access = new ShootAccess(garden.Kubernetes, new ShootAccessOptions());
        authority = X509Certificate2.CreateFromPem(servers.Garden.CertificateAuthorityPem);
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.Add(authority);
        simulator = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = chain } }) { BaseAddress = servers.Garden.BaseAddress };
    }

    /// <summary>Begins to work on a shoot that waits for somebody to replace its nodes; does so once.</summary>
    /// <exception cref="CliException">The work on this shoot has failed, and nobody else will do it.</exception>
    public void Attend(MigrationView view, string uid)
    {
        if (work.TryGetValue(view.Shoot, out var begun) && begun.Exception?.GetBaseException() is { } failure)
        {
            throw new CliException(ExitCode.Error, $"The nodes of {view.Shoot} could not be replaced: {failure.Message}", failure);
        }

        if (view is { Phase: MigrationPhase.WaitsForPerson, WaitingFor: nameof(WaitingFor.Operator) } && !work.ContainsKey(view.Shoot))
        {
            work[view.Shoot] = RollAsync(view.Shoot, uid, stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(work.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        simulator.Dispose();
        authority.Dispose();
        access.Dispose();
        stopping.Dispose();
    }

    private async Task RollAsync(ShootKey shoot, string uid, CancellationToken cancellationToken)
    {
        using var answer = await simulator.PostAsJsonAsync(
            new Uri($"simulator/shoots/{shoot.Namespace}/{shoot.Name}/roll", UriKind.Relative), new { pools = Array.Empty<string>() }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var key = new GardenShoot(shoot.Namespace, shoot.Name);
        var viewer = new ClusterViewer(access.Connect(key, uid), key);
        var claimedEarly = false;
        while (true)
        {
            var pools = await viewer.CountNodesAsync(Families, cancellationToken);
            var done = pools.Count(pool => pool.Migrated == pool.Total);
            if (done == pools.Count)
            {
                break;
            }

            if (done > 0 && !claimedEarly)
            {
                claimedEarly = true;
                await ClaimAsync(shoot, "all pools look done", cancellationToken);
            }

            await Task.Delay(Pace, time, cancellationToken);
        }

        await ClaimAsync(shoot, "every node was replaced", cancellationToken);
    }

    private async Task ClaimAsync(ShootKey shoot, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await claims.SendAsync(
                shoot, new OperatorRequest { RequestId = Guid.NewGuid().ToString("N"), By = "demo operator", Reason = reason }, cancellationToken);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            // It saw the nodes by itself, and has ended since.
        }
    }
}
