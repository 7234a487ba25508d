using k8s.Models;

namespace k8s;

/// <summary>What a watch reports when the server sent a Status where an event was due.</summary>
public class KubernetesException : Exception
{
    public KubernetesException()
    {
    }

    public KubernetesException(string message)
        : base(message)
    {
    }

    public KubernetesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public KubernetesException(V1Status status)
        : this(status?.Message) => Status = status;

    public KubernetesException(V1Status status, Exception innerException)
        : this(status?.Message, innerException) => Status = status;

    public V1Status Status { get; private set; }
}
