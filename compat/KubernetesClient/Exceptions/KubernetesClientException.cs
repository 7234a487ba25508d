namespace k8s.Exceptions;

public class KubernetesClientException : Exception
{
    public KubernetesClientException()
    {
    }

    public KubernetesClientException(string message)
        : base(message)
    {
    }

    public KubernetesClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
