using k8s.Autorest;

namespace k8s;

public abstract partial class AbstractKubernetes
{
    private protected AbstractKubernetes()
    {
        AppsV1 = new AppsV1Operations(this);
        AuthorizationV1 = new AuthorizationV1Operations(this);
        CoreV1 = new CoreV1Operations(this);
        CustomObjects = new CustomObjectsOperations(this);
        PolicyV1 = new PolicyV1Operations(this);
        Version = new VersionOperations(this);
    }

    public IAppsV1Operations AppsV1 { get; }

    public IAuthorizationV1Operations AuthorizationV1 { get; }

    public ICoreV1Operations CoreV1 { get; }

    public ICustomObjectsOperations CustomObjects { get; }

    public IPolicyV1Operations PolicyV1 { get; }

    public IVersionOperations Version { get; }

    public virtual TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    internal abstract Task<HttpOperationResponse<T>> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken);
}
