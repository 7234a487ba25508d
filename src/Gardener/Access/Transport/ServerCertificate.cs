using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dualstack.Gardener.Access;

/// <summary>Decides whether a server is the one that was meant: its certificate's chain and its host name, both, always.</summary>
internal static class ServerCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="GardenAccessException">It is not; the message says why.</exception>
    public static bool Check(ServerTarget target, X509Certificate? presented, X509Chain? systemChain, SslPolicyErrors errors, TimeProvider time)
    {
        if (presented is not X509Certificate2 certificate)
        {
            throw new GardenAccessException(GardenAccessProblem.CertificateNotTrusted, $"{target.Authority} showed no certificate.");
        }

        CheckChain(target, certificate, systemChain, errors, time);
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? throw new GardenAccessException(
                GardenAccessProblem.WrongHostName,
                $"The certificate of {target.Authority} is for {Names(certificate)}, not for {target.TlsServerName ?? target.Address.Host}; "
                + "check the server address in the kubeconfig, or name the right one in tls-server-name.")
            : true;
    }

    private static void CheckChain(ServerTarget target, X509Certificate2 certificate, X509Chain? systemChain, SslPolicyErrors errors, TimeProvider time)
    {
        if (target.Authorities is null)
        {
            if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            {
                throw NotTrusted(target, certificate, "no certificate authority of this system signed it, and the kubeconfig names no other", time);
            }

            return;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(target.Authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in systemChain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        if (!chain.Build(certificate))
        {
            throw NotTrusted(target, certificate, "the certificate authority of the kubeconfig did not sign it", time);
        }
    }

    private static GardenAccessException NotTrusted(ServerTarget target, X509Certificate2 certificate, string otherwise, TimeProvider time)
    {
        var now = time.GetLocalNow().DateTime;
        var why = now > certificate.NotAfter ? $"it expired at {certificate.NotAfter.ToUniversalTime():u}"
            : now < certificate.NotBefore ? $"it is valid only from {certificate.NotBefore.ToUniversalTime():u} on; check this machine's clock"
            : otherwise;
        return new GardenAccessException(GardenAccessProblem.CertificateNotTrusted, $"The certificate of {target.Authority} is not trusted: {why}.");
    }

    private static string Names(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
            .Take(5)
            .ToArray();
        return alternatives is [] ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : string.Join(", ", alternatives);
    }
}
