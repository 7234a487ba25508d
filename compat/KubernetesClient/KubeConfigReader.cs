using System.Text;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace k8s;

/// <summary>From kubeconfig models to a client configuration, with the merge and lookup rules of the official client.</summary>
internal static class KubeConfigReader
{
    public static K8SConfiguration Merge(K8SConfiguration first, K8SConfiguration next)
    {
        if (!string.Equals(first.Kind, next.Kind, StringComparison.Ordinal))
        {
            throw new KubeConfigException($"kubeconfig kinds differ between files: {first.Kind} and {next.Kind}.");
        }

        first.CurrentContext ??= next.CurrentContext;
        first.Contexts = Union(first.Contexts, next.Contexts, c => c.Name);
        first.Clusters = Union(first.Clusters, next.Clusters, c => c.Name);
        first.Users = Union(first.Users, next.Users, u => u.Name);
        first.Extensions = Union(first.Extensions, next.Extensions, e => e.Name);
        return first;
    }

    public static KubernetesClientConfiguration Build(
        K8SConfiguration kubeConfig, string masterUrl, string contextName, Action<KubernetesClientConfiguration, string> setContext)
    {
        if (contextName is null && masterUrl is null)
        {
            throw new KubeConfigException("No current-context, and no server was given.");
        }

        var configuration = new KubernetesClientConfiguration { Host = masterUrl };
        setContext(configuration, contextName);
        if (contextName is null)
        {
            return configuration;
        }

        var context = Find(kubeConfig.Contexts, c => c.Name, contextName, "context").ContextDetails
            ?? throw new KubeConfigException($"context '{contextName}' is empty.");
        configuration.Namespace = context.Namespace;
        if (masterUrl is null)
        {
            SetCluster(configuration, kubeConfig, context);
        }

        if (!string.IsNullOrEmpty(context.User))
        {
            SetUser(configuration, kubeConfig, context);
        }

        return configuration;
    }

    private static void SetCluster(KubernetesClientConfiguration configuration, K8SConfiguration kubeConfig, ContextDetails context)
    {
        var cluster = Find(kubeConfig.Clusters, c => c.Name, context.Cluster, "cluster").ClusterEndpoint;
        if (string.IsNullOrWhiteSpace(cluster?.Server))
        {
            throw new KubeConfigException($"cluster '{context.Cluster}' has no server.");
        }

        configuration.Host = cluster.Server;
        configuration.SkipTlsVerify = cluster.SkipTlsVerify;
        configuration.TlsServerName = cluster.TlsServerName;
        if (!Uri.TryCreate(configuration.Host, UriKind.Absolute, out var uri))
        {
            throw new KubeConfigException($"server of cluster '{context.Cluster}' is not a URL.");
        }

        if (uri.Host is "0.0.0.0" or "[::]")
        {
            configuration.Host = new UriBuilder(uri) { Host = uri.Host == "0.0.0.0" ? "127.0.0.1" : "::1" }.ToString();
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        if (!string.IsNullOrEmpty(cluster.CertificateAuthorityData))
        {
            configuration.SslCaCerts = Certificates.LoadPem(Encoding.UTF8.GetString(Convert.FromBase64String(cluster.CertificateAuthorityData)));
        }
        else if (!string.IsNullOrEmpty(cluster.CertificateAuthority))
        {
            configuration.SslCaCerts = Certificates.LoadPemFile(FullPath(kubeConfig, cluster.CertificateAuthority));
        }
    }

    private static void SetUser(KubernetesClientConfiguration configuration, K8SConfiguration kubeConfig, ContextDetails context)
    {
        var user = Find(kubeConfig.Users, u => u.Name, context.User, "user").UserCredentials
            ?? throw new KubeConfigException($"user '{context.User}' is empty.");
        var found = false;
        if (!string.IsNullOrEmpty(user.Token))
        {
            configuration.AccessToken = user.Token;
            found = true;
        }
        else if (!string.IsNullOrEmpty(user.UserName) && !string.IsNullOrEmpty(user.Password))
        {
            (configuration.Username, configuration.Password) = (user.UserName, user.Password);
            found = true;
        }

        if (!string.IsNullOrEmpty(user.ClientCertificateData) && !string.IsNullOrEmpty(user.ClientKeyData))
        {
            (configuration.ClientCertificateData, configuration.ClientCertificateKeyData) = (user.ClientCertificateData, user.ClientKeyData);
            found = true;
        }

        if (!string.IsNullOrEmpty(user.ClientCertificate) && !string.IsNullOrEmpty(user.ClientKey))
        {
            configuration.ClientCertificateFilePath = FullPath(kubeConfig, user.ClientCertificate);
            configuration.ClientKeyFilePath = FullPath(kubeConfig, user.ClientKey);
            found = true;
        }

        if (user.AuthProvider is { } provider)
        {
            throw new NotSupportedException($"auth-provider '{provider.Name}' is not part of this stand-in of KubernetesClient.");
        }

        if (user.ExternalExecution is not null)
        {
            throw new NotSupportedException("exec plugins are not part of this stand-in of KubernetesClient.");
        }

        if (!found)
        {
            throw new KubeConfigException($"User: {context.User} does not have appropriate auth credentials in kubeconfig");
        }
    }

    private static T Find<T>(IEnumerable<T> entries, Func<T, string> name, string wanted, string what) =>
        (entries ?? []).FirstOrDefault(e => string.Equals(name(e), wanted, StringComparison.OrdinalIgnoreCase))
        ?? throw new KubeConfigException($"{what} not found for '{wanted}' in the kubeconfig.");

    private static List<T> Union<T>(IEnumerable<T> first, IEnumerable<T> next, Func<T, string> name) =>
        [.. (first ?? []).Concat(next ?? []).DistinctBy(name)];

    private static string FullPath(K8SConfiguration kubeConfig, string path) =>
        Path.IsPathRooted(path) || string.IsNullOrEmpty(kubeConfig.FileName)
            ? path
            : Path.Combine(Path.GetDirectoryName(kubeConfig.FileName) ?? string.Empty, path);
}
