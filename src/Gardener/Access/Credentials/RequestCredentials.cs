using System.Net.Http.Headers;

namespace Dualstack.Gardener.Access;

/// <summary>What a request proves its sender with. Compared by reference: renewed credentials are others.</summary>
internal sealed class RequestCredentials(AuthenticationHeaderValue? header, ClientCertificate? certificate)
{
    public static RequestCredentials None { get; } = new(null, null);

    public AuthenticationHeaderValue? Header => header;

    public ClientCertificate? Certificate => certificate;
}
