using System.Text.Json.Nodes;

namespace Dualstack.Gardener.Access;

/// <summary>What a credential plugin is told, in the environment variable KUBERNETES_EXEC_INFO.</summary>
internal static class PluginRequest
{
    public const string Variable = "KUBERNETES_EXEC_INFO";

    public static string Create(CredentialPlugin plugin, KubeconfigCluster cluster, bool interactive)
    {
        var spec = new JsonObject { ["interactive"] = interactive };
        if (plugin.ProvideClusterInfo)
        {
            spec["cluster"] = Describe(cluster);
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = plugin.ApiVersion, ["spec"] = spec }.ToJsonString();
    }

    private static JsonObject Describe(KubeconfigCluster cluster)
    {
        var described = new JsonObject { ["server"] = cluster.Server.OriginalString };
        if (cluster.TlsServerName is { } name)
        {
            described["tls-server-name"] = name;
        }

        if (cluster.SkipTlsVerify)
        {
            described["insecure-skip-tls-verify"] = true;
        }

        if (!string.IsNullOrEmpty(cluster.AuthorityData))
        {
            described["certificate-authority-data"] = cluster.AuthorityData;
        }
        else if (cluster.AuthorityFile is { } file)
        {
            described["certificate-authority-data"] = Convert.ToBase64String(File.ReadAllBytes(file));
        }

        if (cluster.Proxy is { } proxy)
        {
            described["proxy-url"] = proxy.OriginalString;
        }

        if (cluster.DisableCompression)
        {
            described["disable-compression"] = true;
        }

        if (cluster.PluginConfig is { } config)
        {
            described["config"] = config.DeepClone();
        }

        return described;
    }
}
