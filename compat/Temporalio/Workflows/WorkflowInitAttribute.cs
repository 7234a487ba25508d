namespace Temporalio.Workflows;

[AttributeUsage(AttributeTargets.Constructor, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowInitAttribute : Attribute
{
}
