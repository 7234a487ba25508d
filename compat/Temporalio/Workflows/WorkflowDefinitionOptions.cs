using Temporalio.Common;

namespace Temporalio.Workflows;

public class WorkflowDefinitionOptions : ICloneable
{
    public Type[]? FailureExceptionTypes { get; set; }

    public VersioningBehavior VersioningBehavior { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
