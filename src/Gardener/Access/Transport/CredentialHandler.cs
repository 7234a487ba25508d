using System.Net;

namespace Dualstack.Gardener.Access;

/// <summary>
/// Ends the client's chain of handlers: adds credentials, sends, and once asks for other credentials if the server refuses them.
/// The client's own root handler stays unused, for it checks no host names under a private authority and knows no rotation.
/// </summary>
internal sealed class CredentialHandler(ServerTransport transport, ICredentialSource source, Impersonation? impersonation) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credentials = await source.GetAsync(cancellationToken);
        var response = await SendAsync(request, credentials, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !await source.RejectAsync(credentials, cancellationToken))
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(request, await source.GetAsync(cancellationToken), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            transport.Dispose();
            (source as IDisposable)?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, RequestCredentials credentials, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credentials.Header;
        impersonation?.Apply(request);
        return transport.SendAsync(request, credentials.Certificate, cancellationToken);
    }
}
