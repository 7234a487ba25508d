using System.Reflection;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>What all kinds of workflow handlers have in common.</summary>
internal static class HandlerRules
{
    internal static void RequireInstanceMethod(MethodInfo method, string kind)
    {
        if (!method.IsPublic)
        {
            throw new ArgumentException($"{kind} {HandlerNames.Describe(method)} must be public");
        }

        if (method.IsStatic)
        {
            throw new ArgumentException($"{kind} {HandlerNames.Describe(method)} must not be static");
        }
    }

    internal static ArgumentException MissingAttribute(MethodInfo method, string attribute) =>
        new($"{HandlerNames.Describe(method)} is missing the {attribute} attribute");

    internal static ArgumentException DynamicCall(MethodInfo method, string kind) =>
        new($"{HandlerNames.Describe(method)} is a dynamic {kind} and cannot be called by expression");

    internal static string? Name(MethodInfo method, string? given, bool dynamic, string kind)
    {
        if (dynamic)
        {
            return given == null
                ? null
                : throw new ArgumentException($"{kind} {HandlerNames.Describe(method)} cannot be dynamic and have a name");
        }

        var name = given ?? HandlerNames.Default(method);
        RequireNotReserved(name, kind);
        return name;
    }

    internal static void RequireNotReserved(string? name, string kind)
    {
        if (name != null && HandlerNames.IsReserved(name))
        {
            throw new ArgumentException($"{kind} name {name} is reserved");
        }
    }

    internal static void RequireParameters(MethodInfo method, string kind, bool dynamic, bool namePrepended)
    {
        var parameters = method.GetParameters();
        if (parameters.Any(p => p.ParameterType.IsByRef))
        {
            throw new ArgumentException($"{kind} {HandlerNames.Describe(method)} cannot take parameters by reference");
        }

        if (!dynamic)
        {
            return;
        }

        Type[] expected = namePrepended ? [typeof(string), typeof(IRawValue[])] : [typeof(IRawValue[])];
        if (!parameters.Select(p => p.ParameterType).SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"Dynamic {kind} {HandlerNames.Describe(method)} must take exactly ({string.Join(", ", expected.Select(t => t.Name))})");
        }
    }
}
