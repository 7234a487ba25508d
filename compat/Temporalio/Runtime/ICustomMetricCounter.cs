namespace Temporalio.Runtime;

public interface ICustomMetricCounter<T> : ICustomMetric<T>
    where T : struct
{
    void Add(T value, object tags);
}
