namespace Temporalio.Runtime;

public interface ICustomMetric<T>
    where T : struct
{
}
