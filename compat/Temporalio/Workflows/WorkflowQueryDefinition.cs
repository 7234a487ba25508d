using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

public class WorkflowQueryDefinition
{
    private WorkflowQueryDefinition(string? name, MethodInfo? method, Delegate? del, string? description)
    {
        Name = name;
        Method = method;
        Delegate = del;
        Description = description;
    }

    public string? Name { get; }

    public string? Description { get; }

    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal Delegate? Delegate { get; }

    internal MethodInfo SignatureMethod => Method ?? Delegate!.Method;

    public static WorkflowQueryDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequireInstanceMethod(method, "Query");
        var attribute = method.GetCustomAttribute<WorkflowQueryAttribute>(false)
            ?? throw HandlerRules.MissingAttribute(method, "WorkflowQuery");
        var name = HandlerRules.Name(method, attribute.Name, attribute.Dynamic, "Query");
        RequireShape(method, name == null);
        return new(name, method, null, attribute.Description);
    }

    public static WorkflowQueryDefinition FromProperty(PropertyInfo property)
    {
        var described = $"{property.DeclaringType}.{property.Name}";
        var attribute = property.GetCustomAttribute<WorkflowQueryAttribute>(false)
            ?? throw new ArgumentException($"{described} is missing the WorkflowQuery attribute");
        var getter = property.GetGetMethod()
            ?? throw new ArgumentException($"Query property {described} must have a public getter");
        if (getter.IsStatic)
        {
            throw new ArgumentException($"Query property {described} must not be static");
        }

        if (attribute.Dynamic)
        {
            throw new ArgumentException($"Query property {described} cannot be dynamic: only methods can");
        }

        var name = attribute.Name ?? property.Name;
        HandlerRules.RequireNotReserved(name, "Query");
        return new(name, getter, null, attribute.Description);
    }

    public static WorkflowQueryDefinition CreateWithoutAttribute(string? name, Delegate del, string? description = null)
    {
        HandlerRules.RequireNotReserved(name, "Query");
        RequireShape(del.Method, name == null);
        return new(name, null, del, description);
    }

    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name ?? throw HandlerRules.DynamicCall(method, "query");

    internal static string NameFromPropertyForCall(PropertyInfo property) => FromProperty(property).Name!;

    private static void RequireShape(MethodInfo method, bool dynamic)
    {
        if (method.ReturnType == typeof(void) || typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException(
                $"Query {HandlerNames.Describe(method)} must return a value, and not a Task: queries are answered at once");
        }

        HandlerRules.RequireParameters(method, "Query", dynamic, namePrepended: true);
    }
}
