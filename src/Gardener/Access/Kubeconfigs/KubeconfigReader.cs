using YamlDotNet.RepresentationModel;

namespace Dualstack.Gardener.Access;

/// <summary>Reads the entries of a kubeconfig that a context needs.</summary>
/// <param name="origin">Where the kubeconfig came from, for messages.</param>
internal sealed class KubeconfigReader(string origin)
{
    private const string PluginExtension = "client.authentication.k8s.io/exec";

    public static (string? Cluster, string? User, string? Namespace) Context(KubeconfigEntry entry) =>
        (entry.Body.Text("cluster"), entry.Body.Text("user"), entry.Body.Text("namespace") is { Length: > 0 } space ? space : null);

    public KubeconfigCluster Cluster(KubeconfigEntry entry)
    {
        var body = entry.Body;
        if (!Uri.TryCreate(body.Text("server"), UriKind.Absolute, out var server)
            || server.Scheme != Uri.UriSchemeHttps && server.Scheme != Uri.UriSchemeHttp)
        {
            throw Invalid($"cluster \"{entry.Name}\" has no server address of the form https://host:port");
        }

        return new KubeconfigCluster(entry.Name, server)
        {
            AuthorityData = body.Text("certificate-authority-data"),
            AuthorityFile = entry.Path("certificate-authority"),
            TlsServerName = body.Text("tls-server-name") is { Length: > 0 } name ? name : null,
            SkipTlsVerify = body.Flag("insecure-skip-tls-verify"),
            DisableCompression = body.Flag("disable-compression"),
            Proxy = Proxy(entry),
            PluginConfig = body.Items("extensions").OfType<YamlMappingNode>().FirstOrDefault(e => e.Text("name") == PluginExtension) is { } extension
                ? extension.Child("extension")?.ToJson()
                : null,
        };
    }

    public KubeconfigUser User(KubeconfigEntry entry)
    {
        var body = entry.Body;
        if (body.Map("auth-provider") is { } provider)
        {
            throw Invalid(
                $"user \"{entry.Name}\" has the auth-provider \"{provider.Text("name")}\", which Kubernetes gave up; use a credential plugin (exec) instead");
        }

        return new KubeconfigUser(entry.Name)
        {
            Token = body.Text("token") is { Length: > 0 } token ? token : null,
            TokenFile = entry.Path("tokenFile"),
            UserName = body.Text("username") is { Length: > 0 } name ? name : null,
            Password = body.Text("password"),
            CertificateData = body.Text("client-certificate-data"),
            CertificateFile = entry.Path("client-certificate"),
            KeyData = body.Text("client-key-data"),
            KeyFile = entry.Path("client-key"),
            Plugin = body.Map("exec") is { } exec ? Plugin(entry, exec) : null,
            Impersonation = Impersonation(entry),
        };
    }

    private CredentialPlugin Plugin(KubeconfigEntry entry, YamlMappingNode exec)
    {
        var version = exec.Text("apiVersion");
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            throw Invalid(
                $"the plugin of user \"{entry.Name}\" has apiVersion \"{version}\"; client.authentication.k8s.io/v1 and v1beta1 are supported");
        }

        return new CredentialPlugin(
            version, exec.Text("command") is { Length: > 0 } command ? command : throw Invalid($"the plugin of user \"{entry.Name}\" has no command"))
        {
            Arguments = [.. exec.Texts("args")],
            Environment =
            [
                .. exec.Items("env").OfType<YamlMappingNode>()
                    .Where(pair => !string.IsNullOrEmpty(pair.Text("name")))
                    .Select(pair => KeyValuePair.Create(pair.Text("name")!, pair.Text("value") ?? string.Empty)),
            ],
            InstallHint = exec.Text("installHint")?.Trim() is { Length: > 0 } hint ? hint : null,
            ProvideClusterInfo = exec.Flag("provideClusterInfo"),
            Interaction = exec.Text("interactiveMode") switch
            {
                "Never" => PluginInteraction.Never,
                "Always" => PluginInteraction.Always,
                _ => PluginInteraction.IfAvailable,
            },
            Directory = entry.Directory,
        };
    }

    private Impersonation? Impersonation(KubeconfigEntry entry)
    {
        var groups = entry.Body.Texts("as-groups").ToArray();
        var uid = entry.Body.Text("as-uid") is { Length: > 0 } text ? text : null;
        var extra = entry.Body.Map("as-user-extra");
        if (entry.Body.Text("as") is not { Length: > 0 } user)
        {
            return groups is [] && uid is null && extra is null
                ? null
                : throw Invalid($"user \"{entry.Name}\" asks to act as a group but not as which user; \"as\" is missing");
        }

        var more = extra?.Children.Keys.Select(key => KeyValuePair.Create(key.ToString(), extra.Texts(key.ToString()).ToArray())).ToArray() ?? [];
        if (groups.Length > 1 || more.Any(values => values.Value.Length > 1))
        {
            // .NET sends several values of a header as one line with commas, which the API server takes for one group of that name.
            throw Invalid($"user \"{entry.Name}\" asks to act as several groups, or with several values of one as-user-extra; only one each is supported");
        }

        return new Impersonation(
            user,
            uid,
            groups.FirstOrDefault(),
            more.Where(values => values.Value is [_]).ToDictionary(values => values.Key, values => values.Value[0]));
    }

    private Uri? Proxy(KubeconfigEntry entry)
    {
        if (entry.Body.Text("proxy-url") is not { Length: > 0 } text)
        {
            return null;
        }

        // The address can hold a password, so it is not repeated.
        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw Invalid($"proxy-url of cluster \"{entry.Name}\" is not an http, https or socks5 address");
    }

    private GardenAccessException Invalid(string what) => new(GardenAccessProblem.InvalidKubeconfig, $"{origin} cannot be used: {what}.");
}
