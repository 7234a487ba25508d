using k8s.Models;

namespace k8s;

public static class AuthorizationV1OperationsExtensions
{
    public static async Task<V1SelfSubjectAccessReview> CreateSelfSubjectAccessReviewAsync(
        this IAuthorizationV1Operations operations, V1SelfSubjectAccessReview body, string dryRun = null, string fieldManager = null,
        string fieldValidation = null, bool? pretty = null, CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateSelfSubjectAccessReviewWithHttpMessagesAsync(
            body, dryRun: dryRun, fieldManager: fieldManager, fieldValidation: fieldValidation, pretty: pretty,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
