namespace Temporalio.Activities;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    public ActivityAttribute()
    {
    }

    public ActivityAttribute(string name) => Name = name;

    public string? Name { get; }

    public bool Dynamic { get; set; }
}
