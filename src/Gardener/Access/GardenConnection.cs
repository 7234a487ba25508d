using System.Reflection;
using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dualstack.Gardener.Access;

/// <summary>
/// A client of a garden's API, made from a kubeconfig as Gardener's users have it. Long-lived and safe to share.
/// Plugins run at the first request, not before. Requests throw <see cref="GardenAccessException"/> where the server could not be asked.
/// </summary>
public sealed class GardenConnection : IDisposable
{
    private readonly Kubernetes kubernetes;

    private GardenConnection(KubeconfigContext context, GardenConnectionOptions options, ILogger logger)
    {
        Context = context.Name;
        Namespace = context.Namespace;
        Clock = new ServerClock(options.TimeProvider);
        var target = ServerTarget.For(context.Cluster);
        Server = target.Address;
        kubernetes = new Kubernetes(
            Configuration(target.Address, options),
            new ResilienceHandler(options, Clock),
            new CredentialHandler(
                new ServerTransport(target, options.ConnectTimeout, options.TimeProvider),
                CredentialSource.For(context, options, logger),
                context.User?.Impersonation));
    }

    /// <summary>How this program calls itself towards servers.</summary>
    public static string UserAgent { get; } =
        $"dualstack/{(typeof(GardenConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0]}";

    /// <summary>The client.</summary>
    public IKubernetes Kubernetes => kubernetes;

    /// <summary>The kubeconfig context it was made from; <c>in-cluster</c> for a pod's service account.</summary>
    public string Context { get; }

    /// <summary>The context's namespace; null if it has none.</summary>
    public string? Namespace { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server { get; }

    /// <summary>The API server's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>Makes a connection; sends nothing yet.</summary>
    /// <param name="options">Which server, as whom.</param>
    /// <param name="logger">Gets told of renewed credentials, never of the credentials.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="GardenAccessException">There is no usable kubeconfig, or it has no such context.</exception>
    public static GardenConnection Open(GardenConnectionOptions options, ILogger<GardenConnection>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new GardenConnection(KubeconfigLoader.Load(options).Resolve(options.Context), options, logger ?? NullLogger<GardenConnection>.Instance);
    }

    /// <inheritdoc/>
    public void Dispose() => kubernetes.Dispose();

    internal static KubernetesClientConfiguration Configuration(Uri server, GardenConnectionOptions options) => new()
    {
        Host = server.AbsoluteUri,
        HttpClientTimeout = options.RequestTimeout,
    };
}
