namespace Temporalio.Workflows;

public class ExternalWorkflowSignalOptions : ICloneable
{
    public CancellationToken? CancellationToken { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
