using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dualstack.GardenSimulator.Hosting;

/// <summary>The garden's own certificate authority: it signs the server and the clients of the shoots' APIs.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string UidAttribute = "2.5.4.11";
    private const string ExpiryAttribute = "2.5.4.5";
    private readonly X509Certificate2 authority;
    private readonly TimeProvider time;

    private CertificateAuthority(X509Certificate2 authority, TimeProvider time)
    {
        this.authority = authority;
        this.time = time;
        CertificatePem = authority.ExportCertificatePem() + "\n";
    }

    public string CertificatePem { get; }

    public static CertificateAuthority Open(string? directory, TimeProvider time)
    {
        if (directory is null)
        {
            return new CertificateAuthority(New(time), time);
        }

        Directory.CreateDirectory(directory);
        var certificateFile = Path.Combine(directory, "ca.crt");
        var keyFile = Path.Combine(directory, "ca.key");
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), time);
        }

        var authority = New(time);
        SecretFile.Write(keyFile, authority.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(certificateFile, authority.ExportCertificatePem() + "\n");
        return new CertificateAuthority(authority, time);
    }

    public X509Certificate2 IssueServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=garden-simulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = Sign(request).CopyWithPrivateKey(key);

        // A round trip, because some platforms cannot serve TLS with an ephemeral key.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public (string CertificatePem, string KeyPem) IssueClient(string commonName, string group, string shootUid, DateTimeOffset expires)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        name.AddOrganizationName(group);
        name.AddOrganizationalUnitName(shootUid);

        // The garden's clock need not be this machine's: validity is written into the name and checked against the former.
        name.Add(ExpiryAttribute, expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = Sign(request);
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public static (string? User, string? Group, string? ShootUid, DateTimeOffset Expires) Read(X509Certificate2 certificate)
    {
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .ToDictionary(part => part.GetSingleElementType().Value ?? string.Empty, part => part.GetSingleElementValue(), StringComparer.Ordinal);
        var expires = long.TryParse(parts.GetValueOrDefault(ExpiryAttribute), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MinValue;
        return (parts.GetValueOrDefault("2.5.4.3"), parts.GetValueOrDefault("2.5.4.10"), parts.GetValueOrDefault(UidAttribute), expires);
    }

    public void Dispose() => authority.Dispose();

    private static X509Certificate2 New(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=garden-simulator-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(10));
    }

    private X509Certificate2 Sign(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        return request.Create(authority, time.GetUtcNow().AddHours(-1), time.GetUtcNow().AddYears(1), RandomNumberGenerator.GetBytes(16));
    }
}
