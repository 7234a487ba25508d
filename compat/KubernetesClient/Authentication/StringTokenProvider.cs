using System.Net.Http.Headers;

namespace k8s.Authentication;

public sealed class StringTokenProvider(string accessToken, string tokenType) : ITokenProvider
{
    public StringTokenProvider(string accessToken)
        : this(accessToken, "Bearer")
    {
    }

    public string Type => tokenType;

    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue(tokenType, accessToken));
}
