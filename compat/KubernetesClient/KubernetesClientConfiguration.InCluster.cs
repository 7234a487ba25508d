using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    private static readonly string ServiceAccountDirectory =
        Path.Combine(Path.DirectorySeparatorChar.ToString(), "var", "run", "secrets", "kubernetes.io", "serviceaccount");

    private static string ServiceHost => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");

    private static string ServicePort => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");

    public static bool IsInCluster() =>
        !string.IsNullOrWhiteSpace(ServiceHost)
        && !string.IsNullOrWhiteSpace(ServicePort)
        && File.Exists(Path.Combine(ServiceAccountDirectory, "token"))
        && File.Exists(Path.Combine(ServiceAccountDirectory, "ca.crt"));

    public static KubernetesClientConfiguration InClusterConfig()
    {
        if (!IsInCluster())
        {
            throw new KubeConfigException("Not in a cluster: a service account token, its CA and KUBERNETES_SERVICE_HOST and _PORT are needed.");
        }

        var namespaceFile = Path.Combine(ServiceAccountDirectory, "namespace");
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder("https", ServiceHost, int.Parse(ServicePort, System.Globalization.CultureInfo.InvariantCulture)).ToString(),
            TokenProvider = new TokenFileAuth(Path.Combine(ServiceAccountDirectory, "token")),
            SslCaCerts = Certificates.LoadPemFile(Path.Combine(ServiceAccountDirectory, "ca.crt")),
            Namespace = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : null,
        };
    }
}
