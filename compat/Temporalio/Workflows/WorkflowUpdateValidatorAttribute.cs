namespace Temporalio.Workflows;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowUpdateValidatorAttribute : Attribute
{
    public WorkflowUpdateValidatorAttribute(string updateMethod) => UpdateMethod = updateMethod;

    public string UpdateMethod { get; }
}
