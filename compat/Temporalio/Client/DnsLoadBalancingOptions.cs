namespace Temporalio.Client;

public class DnsLoadBalancingOptions : ICloneable
{
    public TimeSpan ResolutionInterval { get; set; } = TimeSpan.FromSeconds(30);

    public virtual object Clone() => MemberwiseClone();
}
