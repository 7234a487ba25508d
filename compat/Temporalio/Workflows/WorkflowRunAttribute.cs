namespace Temporalio.Workflows;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowRunAttribute : Attribute
{
}
