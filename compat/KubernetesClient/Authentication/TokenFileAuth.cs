using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>Reads a token file again once a minute, as rotated service account tokens need.</summary>
public class TokenFileAuth(string tokenFile) : ITokenProvider
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private string token;
    private DateTimeOffset readAt;

    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = DateTimeOffset.UtcNow;
            if (token is null || now - readAt >= Lifetime)
            {
                token = File.ReadAllText(tokenFile).Trim();
                readAt = now;
            }

            return Task.FromResult(new AuthenticationHeaderValue("Bearer", token));
        }
    }
}
