using System.Reflection;
using k8s;
using Temporalio.Client;

namespace Dualstack.Worker;

/// <summary>What runs here: the product and the client libraries in it.</summary>
public static class ProductVersions
{
    /// <summary>The product's version, such as <c>0.1.0</c>.</summary>
    public static string Product { get; } = Of(typeof(ProductVersions).Assembly);

    /// <summary>The Temporal SDK's version; it says so when it is a stand-in.</summary>
    public static string TemporalSdk { get; } = Of(typeof(TemporalClient).Assembly);

    /// <summary>The Kubernetes client's version; it says so when it is a stand-in.</summary>
    public static string KubernetesClient { get; } = Of(typeof(Kubernetes).Assembly);

    /// <summary>Whether a version is that of a stand-in, with which nobody should go to production.</summary>
    /// <param name="version">One of the versions above.</param>
    /// <returns>True for a stand-in.</returns>
    public static bool IsStandIn(string version) => version.Contains("standin", StringComparison.OrdinalIgnoreCase);

    private static string Of(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "unknown").Split('+')[0];
}
