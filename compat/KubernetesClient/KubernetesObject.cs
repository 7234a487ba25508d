namespace k8s;

public class KubernetesObject : IKubernetesObject
{
    public string ApiVersion { get; set; }

    public string Kind { get; set; }
}
