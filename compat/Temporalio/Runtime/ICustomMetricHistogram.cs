namespace Temporalio.Runtime;

public interface ICustomMetricHistogram<T> : ICustomMetric<T>
    where T : struct
{
    void Record(T value, object tags);
}
