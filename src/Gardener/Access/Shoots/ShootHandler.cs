using System.Net;

namespace Dualstack.Gardener.Access;

/// <summary>Ends the chain of handlers of a shoot's client: sends each request to where the shoot's API is now, with credentials valid now.</summary>
internal sealed class ShootHandler(ViewerCredentials credentials, ShootAccessOptions options) : DelegatingHandler
{
    private static readonly TimeSpan PauseAfterRejection = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim gate = new(1);
    private ShootSession? current;
    private DateTimeOffset rejectedAt = DateTimeOffset.MinValue;
    private long lastUsedTicks = options.TimeProvider.GetUtcNow().UtcTicks;

    /// <summary>The base address of the client; the real one is known with the first session.</summary>
    public static Uri Placeholder { get; } = new("https://shoot.invalid/");

    public DateTimeOffset LastUsed => new(Interlocked.Read(ref lastUsedTicks), TimeSpan.Zero);

    public void Touch() => Interlocked.Exchange(ref lastUsedTicks, options.TimeProvider.GetUtcNow().UtcTicks);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Touch();
        // Relative, so that it goes below whatever path an address has.
        var pathAndQuery = request.RequestUri!.PathAndQuery.TrimStart('/');
        var session = await SessionAsync(cancellationToken);
        try
        {
            var response = await SendAsync(session, request, pathAndQuery, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized || !await RejectAsync(session, cancellationToken))
            {
                return response;
            }

            response.Dispose();
        }
        catch (GardenAccessException e) when (e.Problem is GardenAccessProblem.CertificateNotTrusted or GardenAccessProblem.WrongHostName)
        {
            // The shoot's certificate authority may have been rotated.
            if (!await RejectAsync(session, cancellationToken))
            {
                throw;
            }
        }

        return await SendAsync(await SessionAsync(cancellationToken), request, pathAndQuery, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gate.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SendAsync(
        ShootSession session, HttpRequestMessage request, string pathAndQuery, CancellationToken cancellationToken)
    {
        try
        {
            return await session.SendAsync(request, pathAndQuery, cancellationToken);
        }
        catch (GardenAccessException e)
        {
            throw new GardenAccessException(e.Problem, $"The API of shoot {credentials.Key} gives no answer: {e.Message}", e);
        }
    }

    private async Task<ShootSession> SessionAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return current is { } session && options.TimeProvider.GetUtcNow() < session.RenewAt
                ? session
                : current = await credentials.RequestAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<bool> RejectAsync(ShootSession rejected, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current != rejected)
            {
                return true;
            }

            var now = options.TimeProvider.GetUtcNow();
            if (now - rejectedAt < PauseAfterRejection)
            {
                return false;
            }

            rejectedAt = now;
            current = null;
            return true;
        }
        finally
        {
            gate.Release();
        }
    }
}
