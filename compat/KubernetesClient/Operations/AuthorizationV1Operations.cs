using k8s.Autorest;
using k8s.Models;

namespace k8s;

internal sealed class AuthorizationV1Operations(AbstractKubernetes client) : IAuthorizationV1Operations
{
    public Task<HttpOperationResponse<V1SelfSubjectAccessReview>> CreateSelfSubjectAccessReviewWithHttpMessagesAsync(
        V1SelfSubjectAccessReview body, string dryRun = null, string fieldManager = null, string fieldValidation = null, bool? pretty = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        client.SendAsync<V1SelfSubjectAccessReview>(
            ApiRequest.Post("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", body, customHeaders)
                .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
                .Query("pretty", pretty),
            cancellationToken);
}
