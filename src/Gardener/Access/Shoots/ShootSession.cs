using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Access;

/// <summary>The addresses of a shoot's API and the credentials for it, as one kubeconfig gave them.</summary>
internal sealed class ShootSession
{
    private readonly Route[] routes;
    private int preferred;

    private ShootSession(Route[] routes, DateTimeOffset renewAt)
    {
        this.routes = routes;
        RenewAt = renewAt;
    }

    public DateTimeOffset RenewAt { get; }

    public static async Task<ShootSession> CreateAsync(
        Kubeconfig kubeconfig, DateTimeOffset renewAt, ShootAccessOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var names = kubeconfig.ContextNames.OrderBy(name => name == kubeconfig.CurrentContext ? 0 : 1);
        var routes = new List<Route>();
        foreach (var context in names.Select(kubeconfig.Resolve))
        {
            Refuse(kubeconfig, context);
            using var source = new UserCredentialSource(context.User ?? new KubeconfigUser("nobody"), options.TimeProvider, logger);
            routes.Add(new Route(
                new ServerTransport(ServerTarget.For(context.Cluster), options.ConnectTimeout, options.TimeProvider), await source.GetAsync(cancellationToken)));
        }

        return routes is []
            ? throw new GardenAccessException(GardenAccessProblem.InvalidKubeconfig, $"{kubeconfig} has no contexts.")
            : new ShootSession([.. routes], renewAt);
    }

    /// <summary>Sends over the address that answered last, then over the others.</summary>
    /// <exception cref="GardenAccessException">None of them answers.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string pathAndQuery, CancellationToken cancellationToken)
    {
        var first = Volatile.Read(ref preferred);
        GardenAccessException? failure = null;
        for (var i = 0; i < routes.Length; i++)
        {
            var index = (first + i) % routes.Length;
            var (transport, credentials) = routes[index];
            request.RequestUri = new Uri(transport.Target.Address, pathAndQuery);
            request.Headers.Host = null;
            request.Headers.Authorization = credentials.Header;
            try
            {
                var response = await transport.SendAsync(request, credentials.Certificate, cancellationToken);
                Volatile.Write(ref preferred, index);
                return response;
            }
            catch (GardenAccessException e)
            {
                // A wrong certificate says more than an address that some networks cannot reach.
                failure = failure is null or { Problem: GardenAccessProblem.Unreachable } ? e : failure;
            }
        }

        throw failure!;
    }

    // A kubeconfig that came over the network gets to name neither programs nor files of this machine.
    private static void Refuse(Kubeconfig kubeconfig, KubeconfigContext context)
    {
        if (context.User is { Plugin: not null } or { HasFiles: true } || context.Cluster.AuthorityFile is not null)
        {
            throw new GardenAccessException(
                GardenAccessProblem.InvalidKubeconfig, $"{kubeconfig} refers to programs or files, which a kubeconfig from a garden may not.");
        }
    }

    private sealed record Route(ServerTransport Transport, RequestCredentials Credentials);
}
