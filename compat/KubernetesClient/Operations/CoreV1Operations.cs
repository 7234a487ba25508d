using k8s.Autorest;
using k8s.Models;

namespace k8s;

internal sealed class CoreV1Operations(AbstractKubernetes client) : ICoreV1Operations
{
    public Task<HttpOperationResponse<V1NodeList>> ListNodeWithHttpMessagesAsync(
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, string resourceVersion = null, string resourceVersionMatch = null, bool? sendInitialEvents = null,
        int? timeoutSeconds = null, bool? watch = null, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1NodeList>(
            ApiRequest.Get("api/v1/nodes", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
                .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
                .Query("timeoutSeconds", timeoutSeconds).Watch(watch).Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1Node>> ReadNodeWithHttpMessagesAsync(
        string name, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1Node>(
            ApiRequest.Get($"api/v1/nodes/{name}", customHeaders)
                .Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1NamespaceList>> ListNamespaceWithHttpMessagesAsync(
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, string resourceVersion = null, string resourceVersionMatch = null, bool? sendInitialEvents = null,
        int? timeoutSeconds = null, bool? watch = null, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1NamespaceList>(
            ApiRequest.Get("api/v1/namespaces", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
                .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
                .Query("timeoutSeconds", timeoutSeconds).Watch(watch).Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1PodList>> ListNamespacedPodWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null,
        string labelSelector = null, int? limit = null, string resourceVersion = null, string resourceVersionMatch = null,
        bool? sendInitialEvents = null, int? timeoutSeconds = null, bool? watch = null, bool? pretty = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        client.SendAsync<V1PodList>(
            ApiRequest.Get($"api/v1/namespaces/{namespaceParameter}/pods", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
                .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
                .Query("timeoutSeconds", timeoutSeconds).Watch(watch).Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1PodList>> ListPodForAllNamespacesWithHttpMessagesAsync(
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, bool? pretty = null, string resourceVersion = null, string resourceVersionMatch = null, bool? sendInitialEvents = null,
        int? timeoutSeconds = null, bool? watch = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1PodList>(
            ApiRequest.Get("api/v1/pods", customHeaders)
                .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
                .Query("labelSelector", labelSelector).Query("limit", limit).Query("pretty", pretty)
                .Query("resourceVersion", resourceVersion).Query("resourceVersionMatch", resourceVersionMatch)
                .Query("sendInitialEvents", sendInitialEvents).Query("timeoutSeconds", timeoutSeconds).Watch(watch),
            cancellationToken);

    public Task<HttpOperationResponse<V1Service>> ReadNamespacedServiceWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1Service>(
            ApiRequest.Get($"api/v1/namespaces/{namespaceParameter}/services/{name}", customHeaders)
                .Query("pretty", pretty),
            cancellationToken);

    public Task<HttpOperationResponse<V1ConfigMap>> ReadNamespacedConfigMapWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default) =>
        client.SendAsync<V1ConfigMap>(
            ApiRequest.Get($"api/v1/namespaces/{namespaceParameter}/configmaps/{name}", customHeaders)
                .Query("pretty", pretty),
            cancellationToken);
}
