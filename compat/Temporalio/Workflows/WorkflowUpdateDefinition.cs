using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

public class WorkflowUpdateDefinition
{
    private WorkflowUpdateDefinition(
        string? name,
        MethodInfo? method,
        MethodInfo? validatorMethod,
        Delegate? del,
        Delegate? validatorDelegate,
        HandlerUnfinishedPolicy unfinishedPolicy,
        string? description)
    {
        Name = name;
        Method = method;
        ValidatorMethod = validatorMethod;
        Delegate = del;
        ValidatorDelegate = validatorDelegate;
        UnfinishedPolicy = unfinishedPolicy;
        Description = description;
    }

    public string? Name { get; }

    public string? Description { get; }

    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal MethodInfo? ValidatorMethod { get; }

    internal Delegate? Delegate { get; }

    internal Delegate? ValidatorDelegate { get; }

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal MethodInfo SignatureMethod => Method ?? Delegate!.Method;

    internal bool HasValidator => ValidatorMethod != null || ValidatorDelegate != null;

    public static WorkflowUpdateDefinition FromMethod(MethodInfo method, MethodInfo? validatorMethod = null)
    {
        HandlerRules.RequireInstanceMethod(method, "Update");
        var attribute = method.GetCustomAttribute<WorkflowUpdateAttribute>(false)
            ?? throw HandlerRules.MissingAttribute(method, "WorkflowUpdate");
        var name = HandlerRules.Name(method, attribute.Name, attribute.Dynamic, "Update");
        if (validatorMethod != null)
        {
            HandlerRules.RequireInstanceMethod(validatorMethod, "Update validator");
        }

        RequireShape(method, validatorMethod, name == null);
        return new(name, method, validatorMethod, null, null, attribute.UnfinishedPolicy, attribute.Description);
    }

    public static WorkflowUpdateDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        Delegate? validatorDel = null,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        HandlerRules.RequireNotReserved(name, "Update");
        RequireShape(del.Method, validatorDel?.Method, name == null);
        return new(name, null, null, del, validatorDel, unfinishedPolicy, description);
    }

    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name ?? throw HandlerRules.DynamicCall(method, "update");

    private static void RequireShape(MethodInfo method, MethodInfo? validator, bool dynamic)
    {
        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException($"Update {HandlerNames.Describe(method)} must return Task or Task<T>");
        }

        HandlerRules.RequireParameters(method, "Update", dynamic, namePrepended: true);
        if (validator == null)
        {
            return;
        }

        if (validator.ReturnType != typeof(void))
        {
            throw new ArgumentException($"Update validator {HandlerNames.Describe(validator)} must return void");
        }

        if (!validator.GetParameters().Select(p => p.ParameterType)
                .SequenceEqual(method.GetParameters().Select(p => p.ParameterType)))
        {
            throw new ArgumentException(
                $"Update validator {HandlerNames.Describe(validator)} must take the same parameters as {HandlerNames.Describe(method)}");
        }
    }
}
