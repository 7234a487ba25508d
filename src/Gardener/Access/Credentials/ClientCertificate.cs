using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dualstack.Gardener.Access;

/// <summary>A client certificate with its key and the certificates between it and its authority.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 certificate, SslStreamCertificateContext context)
    {
        NotAfter = certificate.NotAfter.ToUniversalTime();
        Context = context;
    }

    public DateTimeOffset NotAfter { get; }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads PEM texts.</summary>
    /// <exception cref="CryptographicException">They are not a certificate and its key.</exception>
    public static ClientCertificate FromPem(string certificatePem, string keyPem)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS does not take keys that live in memory only.
                certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            return new ClientCertificate(certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true));
        }
        catch (ArgumentException)
        {
            throw new CryptographicException("the certificate and the key do not belong together, or are not PEM");
        }
    }
}
