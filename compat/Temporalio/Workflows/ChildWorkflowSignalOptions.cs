namespace Temporalio.Workflows;

public class ChildWorkflowSignalOptions : ICloneable
{
    public CancellationToken? CancellationToken { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
