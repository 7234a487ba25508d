using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dualstack.Temporalio.Tests.Client;

/// <summary>A certificate authority that exists for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal TestAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    internal X509Certificate2 Root { get; }

    internal X509Certificate2 Server(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(name, own);
        using var withKey = signed.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    internal (byte[] Certificate, byte[] Key) Client(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(name, own);
        return (Encoding.UTF8.GetBytes(signed.ExportCertificatePem()), Encoding.UTF8.GetBytes(own.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        Root.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Sign(string name, ECDsa own)
    {
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(Root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
