using System.Reflection;

namespace Temporalio.Common;

/// <summary>Names of workflows and handlers as their attributes give them.</summary>
internal static class NameUtil
{
    internal static string Run(MethodInfo method)
    {
        Require(method, "WorkflowRunAttribute");
        var type = method.ReflectedType ?? method.DeclaringType!;
        if (Find(type, "WorkflowAttribute") is not { } attribute)
        {
            throw new ArgumentException($"{type} is no workflow: it has no [Workflow].", nameof(method));
        }

        if (Given(attribute) is { } given)
        {
            return given;
        }

        var name = type.Name.Split('`')[0];
        return type.IsInterface && name is ['I', >= 'A' and <= 'Z', ..] ? name[1..] : name;
    }

    internal static string Signal(MethodInfo method) => Handler(method, "WorkflowSignalAttribute");

    internal static string Query(MemberInfo member) => Handler(member, "WorkflowQueryAttribute");

    internal static string Update(MethodInfo method) => Handler(method, "WorkflowUpdateAttribute");

    private static string Handler(MemberInfo member, string attributeName)
    {
        if (Given(Require(member, attributeName)) is { } given)
        {
            return given;
        }

        return member is MethodInfo { ReturnType: var result } && typeof(Task).IsAssignableFrom(result)
            && member.Name.Length > 5 && member.Name.EndsWith("Async", StringComparison.Ordinal)
            ? member.Name[..^5]
            : member.Name;
    }

    private static CustomAttributeData Require(MemberInfo member, string attributeName) => Find(member, attributeName)
        ?? throw new ArgumentException(
            $"{member.DeclaringType}.{member.Name} has no [{attributeName[..^"Attribute".Length]}].", nameof(member));

    private static CustomAttributeData? Find(MemberInfo member, string attributeName) =>
        member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.FullName == "Temporalio.Workflows." + attributeName);

    private static string? Given(CustomAttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string name }] ? name : null;
}
