using k8s.Autorest;
using k8s.Models;

namespace k8s;

internal sealed class VersionOperations(AbstractKubernetes client) : IVersionOperations
{
    public Task<HttpOperationResponse<VersionInfo>> GetCodeWithHttpMessagesAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        client.SendAsync<VersionInfo>(
            ApiRequest.Get("version/", customHeaders),
            cancellationToken);
}
