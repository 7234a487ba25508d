using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

public partial class Kubernetes
{
    private readonly X509Certificate2 clientCertificate;

    public Kubernetes(KubernetesClientConfiguration config, params DelegatingHandler[] handlers)
    {
        BaseUri = BaseAddress(config);
        Credentials = CreateCredentials(config);
        HttpClientTimeout = config.HttpClientTimeout;
        tlsServerName = config.TlsServerName;
        disableHttp2 = config.DisableHttp2;
        jsonOptions = config.JsonSerializerOptions;
        clientCertificate = Certificates.LoadClientCertificate(config);

        var root = new SocketsHttpHandler
        {
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromMinutes(3),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,
        };
        config.FirstMessageHandlerSetup?.Invoke(root);
        SetUpTls(root.SslOptions, config);

        HttpMessageHandler first = root;
        foreach (var handler in (handlers ?? []).Reverse())
        {
            handler.InnerHandler = first;
            first = handler;
        }

        // The official client sends no User-Agent, whatever the configuration says.
        HttpClient = new HttpClient(first) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public static ServiceClientCredentials CreateCredentials(KubernetesClientConfiguration config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.TokenProvider is not null)
        {
            return new TokenCredentials(config.TokenProvider);
        }

        if (!string.IsNullOrEmpty(config.AccessToken))
        {
            return new TokenCredentials(config.AccessToken);
        }

        return string.IsNullOrEmpty(config.Username)
            ? null
            : new BasicAuthenticationCredentials { UserName = config.Username, Password = config.Password };
    }

    /// <summary>Accepts a chain that ends in one of the given authorities. Unlike the official client it never accepts another host's name.</summary>
    public static bool CertificateValidationCallBack(
        object sender, X509Certificate2Collection caCerts, X509Certificate certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors)
    {
        if (sslPolicyErrors == SslPolicyErrors.None)
        {
            return true;
        }

        if (sslPolicyErrors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(caCerts);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return own.Build((X509Certificate2)certificate);
    }

    private static Uri BaseAddress(KubernetesClientConfiguration config)
    {
        if (config is null)
        {
            throw new KubeConfigException("KubeConfig must be provided");
        }

        if (string.IsNullOrWhiteSpace(config.Host))
        {
            throw new KubeConfigException("Host url must be set");
        }

        return Uri.TryCreate(config.Host.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
            ? uri
            : throw new KubeConfigException("Bad host url");
    }

    private void SetUpTls(SslClientAuthenticationOptions tls, KubernetesClientConfiguration config)
    {
        if (config.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for exactly this with insecure-skip-tls-verify.
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (config.SslCaCerts is { } authorities)
        {
            tls.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                CertificateValidationCallBack(sender, authorities, certificate, chain, errors);
        }

        if (clientCertificate is not null)
        {
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => clientCertificate;
        }
    }
}
