using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;

namespace k8s;

internal static class Certificates
{
    public static X509Certificate2Collection LoadPemFile(string path) => LoadPem(File.ReadAllText(path));

    public static X509Certificate2Collection LoadPem(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    public static X509Certificate2 LoadClientCertificate(KubernetesClientConfiguration configuration)
    {
        if (!string.IsNullOrWhiteSpace(configuration.ClientCertificateData) && !string.IsNullOrWhiteSpace(configuration.ClientCertificateKeyData))
        {
            return Load(Decode(configuration.ClientCertificateData), Decode(configuration.ClientCertificateKeyData), configuration);
        }

        return string.IsNullOrWhiteSpace(configuration.ClientCertificateFilePath) || string.IsNullOrWhiteSpace(configuration.ClientKeyFilePath)
            ? null
            : Load(File.ReadAllText(configuration.ClientCertificateFilePath), File.ReadAllText(configuration.ClientKeyFilePath), configuration);
    }

    private static X509Certificate2 Load(string certificate, string key, KubernetesClientConfiguration configuration)
    {
        var ephemeral = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return ephemeral;
        }

        // Windows' TLS does not take keys that live in memory only.
        using (ephemeral)
        {
            return X509CertificateLoader.LoadPkcs12(
                ephemeral.Export(X509ContentType.Pkcs12), null, configuration.ClientCertificateKeyStoreFlags ?? X509KeyStorageFlags.DefaultKeySet);
        }
    }

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException("A client certificate or key in the kubeconfig is not base64.", e);
        }
    }
}
