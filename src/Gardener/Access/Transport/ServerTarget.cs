using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dualstack.Gardener.Access;

/// <summary>A server and what makes it believable.</summary>
/// <param name="Address">Its base address.</param>
internal sealed record ServerTarget(Uri Address)
{
    /// <summary>The authorities that may have signed its certificate; null for the system's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    public bool SkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    public Uri? Proxy { get; init; }

    public bool DisableCompression { get; init; }

    public string Authority => $"{Address.Host}:{Address.Port}";

    public static ServerTarget For(KubeconfigCluster cluster) => new(WithSlash(Reachable(cluster.Server)))
    {
        Authorities = LoadAuthorities(cluster),
        SkipTlsVerify = cluster.SkipTlsVerify,
        TlsServerName = cluster.TlsServerName,
        Proxy = cluster.Proxy,
        DisableCompression = cluster.DisableCompression,
    };

    private static Uri WithSlash(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;

    // Servers on this machine like to write down the address that they listen on, which is none to connect to.
    private static Uri Reachable(Uri address) => address.Host switch
    {
        "0.0.0.0" => new UriBuilder(address) { Host = "127.0.0.1" }.Uri,
        "[::]" => new UriBuilder(address) { Host = "[::1]" }.Uri,
        _ => address,
    };

    private static X509Certificate2Collection? LoadAuthorities(KubeconfigCluster cluster)
    {
        if (string.IsNullOrEmpty(cluster.AuthorityData) && cluster.AuthorityFile is null)
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(
                string.IsNullOrEmpty(cluster.AuthorityData)
                    ? File.ReadAllText(cluster.AuthorityFile!)
                    : Encoding.UTF8.GetString(Convert.FromBase64String(cluster.AuthorityData)));
            return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate in PEM form");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw new GardenAccessException(
                GardenAccessProblem.InvalidKubeconfig, $"The certificate authority of cluster \"{cluster.Name}\" cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
