namespace k8s;

public static class CustomObjectsOperationsExtensions
{
    public static async Task<object> GetNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetNamespacedCustomObjectWithHttpMessagesAsync(
            group, version, namespaceParameter, plural, name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<T> GetNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetNamespacedCustomObjectWithHttpMessagesAsync<T>(
            group, version, namespaceParameter, plural, name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> GetClusterCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetClusterCustomObjectWithHttpMessagesAsync(
            group, version, plural, name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<T> GetClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetClusterCustomObjectWithHttpMessagesAsync<T>(
            group, version, plural, name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> ListNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural,
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, string resourceVersion = null, string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedCustomObjectWithHttpMessagesAsync(
            group, version, namespaceParameter, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
            fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
            resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static IAsyncEnumerable<(WatchEventType, object)> WatchListNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural,
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, string resourceVersion = null, string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null,
        Action<Exception> onError = null, CancellationToken cancellationToken = default) =>
        WatchStream.ReadAsync<object, object>(
            token => operations.ListNamespacedCustomObjectWithHttpMessagesAsync(
                group, version, namespaceParameter, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
                fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
                resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty, watch: true, cancellationToken: token),
            onError,
            cancellationToken);

    public static async Task<T> ListNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural,
        bool? allowWatchBookmarks = null, string continueParameter = null, string fieldSelector = null, string labelSelector = null,
        int? limit = null, string resourceVersion = null, string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedCustomObjectWithHttpMessagesAsync<T>(
            group, version, namespaceParameter, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
            fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
            resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> ListClusterCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string plural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListClusterCustomObjectWithHttpMessagesAsync(
            group, version, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter, fieldSelector: fieldSelector,
            labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion, resourceVersionMatch: resourceVersionMatch,
            timeoutSeconds: timeoutSeconds, pretty: pretty, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static IAsyncEnumerable<(WatchEventType, object)> WatchListClusterCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string plural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, Action<Exception> onError = null,
        CancellationToken cancellationToken = default) =>
        WatchStream.ReadAsync<object, object>(
            token => operations.ListClusterCustomObjectWithHttpMessagesAsync(
                group, version, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter, fieldSelector: fieldSelector,
                labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion, resourceVersionMatch: resourceVersionMatch,
                timeoutSeconds: timeoutSeconds, pretty: pretty, watch: true, cancellationToken: token),
            onError,
            cancellationToken);

    public static async Task<T> ListClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string plural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListClusterCustomObjectWithHttpMessagesAsync<T>(
            group, version, plural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter, fieldSelector: fieldSelector,
            labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion, resourceVersionMatch: resourceVersionMatch,
            timeoutSeconds: timeoutSeconds, pretty: pretty, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> ListCustomObjectForAllNamespacesAsync(
        this ICustomObjectsOperations operations, string group, string version, string resourcePlural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListCustomObjectForAllNamespacesWithHttpMessagesAsync(
            group, version, resourcePlural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
            fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
            resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static IAsyncEnumerable<(WatchEventType, object)> WatchListCustomObjectForAllNamespacesAsync(
        this ICustomObjectsOperations operations, string group, string version, string resourcePlural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, Action<Exception> onError = null,
        CancellationToken cancellationToken = default) =>
        WatchStream.ReadAsync<object, object>(
            token => operations.ListCustomObjectForAllNamespacesWithHttpMessagesAsync(
                group, version, resourcePlural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
                fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
                resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty, watch: true, cancellationToken: token),
            onError,
            cancellationToken);

    public static async Task<T> ListCustomObjectForAllNamespacesAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string resourcePlural, bool? allowWatchBookmarks = null,
        string continueParameter = null, string fieldSelector = null, string labelSelector = null, int? limit = null, string resourceVersion = null,
        string resourceVersionMatch = null, int? timeoutSeconds = null, bool? pretty = null, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListCustomObjectForAllNamespacesWithHttpMessagesAsync<T>(
            group, version, resourcePlural, allowWatchBookmarks: allowWatchBookmarks, continueParameter: continueParameter,
            fieldSelector: fieldSelector, labelSelector: labelSelector, limit: limit, resourceVersion: resourceVersion,
            resourceVersionMatch: resourceVersionMatch, timeoutSeconds: timeoutSeconds, pretty: pretty,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> CreateNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string dryRun = null, string fieldManager = null, string fieldValidation = null, bool? pretty = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedCustomObjectWithHttpMessagesAsync(
            body, group, version, namespaceParameter, plural, dryRun: dryRun, fieldManager: fieldManager, fieldValidation: fieldValidation,
            pretty: pretty, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<T> CreateNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string dryRun = null, string fieldManager = null, string fieldValidation = null, bool? pretty = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, dryRun: dryRun, fieldManager: fieldManager, fieldValidation: fieldValidation,
            pretty: pretty, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<object> PatchNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural, string name,
        string dryRun = null, string fieldManager = null, string fieldValidation = null, bool? force = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedCustomObjectWithHttpMessagesAsync(
            body, group, version, namespaceParameter, plural, name, dryRun: dryRun, fieldManager: fieldManager, fieldValidation: fieldValidation,
            force: force, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    public static async Task<T> PatchNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural, string name,
        string dryRun = null, string fieldManager = null, string fieldValidation = null, bool? force = null,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, name, dryRun: dryRun, fieldManager: fieldManager, fieldValidation: fieldValidation,
            force: force, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
