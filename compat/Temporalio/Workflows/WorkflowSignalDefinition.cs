using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

public class WorkflowSignalDefinition
{
    private static readonly ConcurrentDictionary<MethodInfo, string> Names = new();

    private WorkflowSignalDefinition(
        string? name, MethodInfo? method, Delegate? del, HandlerUnfinishedPolicy unfinishedPolicy, string? description)
    {
        Name = name;
        Method = method;
        Delegate = del;
        UnfinishedPolicy = unfinishedPolicy;
        Description = description;
    }

    public string? Name { get; }

    public string? Description { get; }

    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal Delegate? Delegate { get; }

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal MethodInfo SignatureMethod => Method ?? Delegate!.Method;

    public static WorkflowSignalDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequireInstanceMethod(method, "Signal");
        var attribute = method.GetCustomAttribute<WorkflowSignalAttribute>(false)
            ?? throw HandlerRules.MissingAttribute(method, "WorkflowSignal");
        var name = HandlerRules.Name(method, attribute.Name, attribute.Dynamic, "Signal");
        RequireShape(method, name == null);
        return new(name, method, null, attribute.UnfinishedPolicy, attribute.Description);
    }

    public static WorkflowSignalDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        HandlerRules.RequireNotReserved(name, "Signal");
        RequireShape(del.Method, name == null);
        return new(name, null, del, unfinishedPolicy, description);
    }

    internal static string NameFromMethodForCall(MethodInfo method) =>
        Names.GetOrAdd(method, static called => FromMethod(called).Name ?? throw HandlerRules.DynamicCall(called, "signal"));

    private static void RequireShape(MethodInfo method, bool dynamic)
    {
        if (method.ReturnType != typeof(Task))
        {
            throw new ArgumentException($"Signal {HandlerNames.Describe(method)} must return Task");
        }

        HandlerRules.RequireParameters(method, "Signal", dynamic, namePrepended: true);
    }
}
