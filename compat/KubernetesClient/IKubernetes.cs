namespace k8s;

public partial interface IKubernetes : IDisposable
{
    Uri BaseUri { get; set; }

    IAppsV1Operations AppsV1 { get; }

    IAuthorizationV1Operations AuthorizationV1 { get; }

    ICoreV1Operations CoreV1 { get; }

    ICustomObjectsOperations CustomObjects { get; }

    IPolicyV1Operations PolicyV1 { get; }

    IVersionOperations Version { get; }
}
