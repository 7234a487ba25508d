using k8s.Models;

namespace k8s;

public static class VersionOperationsExtensions
{
    public static async Task<VersionInfo> GetCodeAsync(this IVersionOperations operations, CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetCodeWithHttpMessagesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
