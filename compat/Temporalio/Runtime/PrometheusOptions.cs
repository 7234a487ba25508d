namespace Temporalio.Runtime;

public class PrometheusOptions : ICloneable
{
    public PrometheusOptions()
    {
    }

    public PrometheusOptions(string bindAddress) => BindAddress = bindAddress;

    public string? BindAddress { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
