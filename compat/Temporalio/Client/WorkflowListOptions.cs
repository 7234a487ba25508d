namespace Temporalio.Client;

public class WorkflowListOptions : ICloneable
{
    public RpcOptions? Rpc { get; set; }

    public int Limit { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
