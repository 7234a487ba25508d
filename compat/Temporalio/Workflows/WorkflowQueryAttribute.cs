namespace Temporalio.Workflows;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowQueryAttribute : Attribute
{
    public WorkflowQueryAttribute()
    {
    }

    public WorkflowQueryAttribute(string name) => Name = name;

    public string? Name { get; }

    public string? Description { get; set; }

    public bool Dynamic { get; set; }
}
