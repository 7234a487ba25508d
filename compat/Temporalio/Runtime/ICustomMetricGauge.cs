namespace Temporalio.Runtime;

public interface ICustomMetricGauge<T> : ICustomMetric<T>
    where T : struct
{
    void Set(T value, object tags);
}
