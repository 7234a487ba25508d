using k8s.Autorest;
using k8s.Models;

namespace k8s;

internal sealed class PolicyV1Operations(AbstractKubernetes client) : IPolicyV1Operations
{
    public Task<HttpOperationResponse<V1PodDisruptionBudgetList>> ListNamespacedPodDisruptionBudgetWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null,
        string labelSelector = null, int? limit = null, string resourceVersion = null, string resourceVersionMatch = null,
        bool? sendInitialEvents = null, int? timeoutSeconds = null, bool? watch = null, bool? pretty = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        client.SendAsync<V1PodDisruptionBudgetList>(
            ApiRequest.Get($"apis/policy/v1/namespaces/{namespaceParameter}/poddisruptionbudgets", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
                .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
                .Query("timeoutSeconds", timeoutSeconds).Watch(watch).Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1PodDisruptionBudgetList>> ListPodDisruptionBudgetForAllNamespacesWithHttpMessagesAsync(
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, bool? pretty = null, string resourceVersion = null, string resourceVersionMatch = null, bool? sendInitialEvents = null,
        int? timeoutSeconds = null, bool? watch = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1PodDisruptionBudgetList>(
            ApiRequest.Get("apis/policy/v1/poddisruptionbudgets", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("pretty", pretty)
                .Query("resourceVersion", resourceVersion).Query("resourceVersionMatch", resourceVersionMatch)
                .Query("sendInitialEvents", sendInitialEvents).Query("timeoutSeconds", timeoutSeconds).Watch(watch),
            cancellationToken);
}
