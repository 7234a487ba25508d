using k8s.Autorest;
using k8s.Models;

namespace k8s;

internal sealed class AppsV1Operations(AbstractKubernetes client) : IAppsV1Operations
{
    public Task<HttpOperationResponse<V1DeploymentList>> ListNamespacedDeploymentWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null,
        string labelSelector = null, int? limit = null, string resourceVersion = null, string resourceVersionMatch = null,
        bool? sendInitialEvents = null, int? timeoutSeconds = null, bool? watch = null, bool? pretty = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        client.SendAsync<V1DeploymentList>(
            ApiRequest.Get($"apis/apps/v1/namespaces/{namespaceParameter}/deployments", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
                .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
                .Query("timeoutSeconds", timeoutSeconds).Watch(watch).Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1Deployment>> ReadNamespacedDeploymentWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1Deployment>(
            ApiRequest.Get($"apis/apps/v1/namespaces/{namespaceParameter}/deployments/{name}", customHeaders)
                .Query("pretty", pretty),
            cancellationToken);
}
