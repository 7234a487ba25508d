using System.Net;
using System.Net.Sockets;

namespace Dualstack.Gardener.Access;

/// <summary>Finds kubeconfigs where kubectl would: the named file, <c>KUBECONFIG</c>, <c>~/.kube/config</c>, the pod's service account.</summary>
public static class KubeconfigLoader
{
    /// <summary>The only context inside a cluster.</summary>
    public const string InCluster = "in-cluster";

    /// <summary>Loads it.</summary>
    /// <param name="options">Where to look.</param>
    /// <returns>The kubeconfig, merged if there are several files.</returns>
    /// <exception cref="GardenAccessException">None was found, or one is malformed.</exception>
    public static Kubeconfig Load(GardenConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.KubeconfigContent is { } content)
        {
            return Parse(content, "the kubeconfig");
        }

        if (!string.IsNullOrEmpty(options.KubeconfigPath))
        {
            var path = Path.GetFullPath(options.KubeconfigPath);
            return File.Exists(path)
                ? new Kubeconfig(path, [Read(path)])
                : throw new GardenAccessException(GardenAccessProblem.NoKubeconfig, $"There is no kubeconfig {path}; check the path.");
        }

        var variable = options.Environment("KUBECONFIG");
        string[] candidates = string.IsNullOrWhiteSpace(variable)
            ? [Path.Combine(options.HomeDirectory, ".kube", "config")]
            : [.. variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        var found = candidates.Where(File.Exists).ToArray();
        if (found is not [])
        {
            return new Kubeconfig(string.Join(" and ", found), [.. found.Select(Read)]);
        }

        return ServiceAccount(options) ?? throw new GardenAccessException(
            GardenAccessProblem.NoKubeconfig,
            string.IsNullOrWhiteSpace(variable)
                ? $"No kubeconfig found: KUBECONFIG is not set and {candidates[0]} does not exist; set KUBECONFIG to the garden's kubeconfig."
                : $"No kubeconfig found: KUBECONFIG names {string.Join(" and ", candidates)}, which {(candidates.Length == 1 ? "does" : "do")} not exist.");
    }

    /// <summary>Reads a kubeconfig from its text; relative paths in it start from the current folder.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="origin">What messages call it.</param>
    /// <returns>The kubeconfig.</returns>
    /// <exception cref="GardenAccessException">It is malformed.</exception>
    public static Kubeconfig Parse(string yaml, string origin) =>
        new(origin, [KubeconfigFile.Parse(yaml, origin, Directory.GetCurrentDirectory())]);

    private static KubeconfigFile Read(string path)
    {
        try
        {
            return KubeconfigFile.Parse(File.ReadAllText(path), path, Path.GetDirectoryName(path) ?? string.Empty);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GardenAccessException(GardenAccessProblem.InvalidKubeconfig, $"The kubeconfig {path} cannot be read: {e.Message}", e);
        }
    }

    private static Kubeconfig? ServiceAccount(GardenConnectionOptions options)
    {
        var (host, port) = (options.Environment("KUBERNETES_SERVICE_HOST"), options.Environment("KUBERNETES_SERVICE_PORT"));
        var folder = options.ServiceAccountDirectory;
        if (string.IsNullOrWhiteSpace(host) || string.IsNullOrWhiteSpace(port) || !File.Exists(Path.Combine(folder, "token")))
        {
            return null;
        }

        var server = IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"https://[{host}]:{port}"
            : $"https://{host}:{port}";
        var namespaceFile = Path.Combine(folder, "namespace");
        var space = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : "default";
        var yaml = $$"""
            kind: Config
            current-context: {{InCluster}}
            clusters:
            - name: {{InCluster}}
              cluster: { server: "{{server}}", certificate-authority: ca.crt }
            users:
            - name: {{InCluster}}
              user: { tokenFile: token }
            contexts:
            - name: {{InCluster}}
              context: { cluster: {{InCluster}}, user: {{InCluster}}, namespace: "{{space}}" }
            """;
        const string Origin = "the pod's service account";
        return new Kubeconfig(Origin, [KubeconfigFile.Parse(yaml, Origin, folder)]);
    }
}
