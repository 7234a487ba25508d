using System.Reflection;

namespace Temporalio.Common;

/// <summary>Names that methods and types have as activities, workflows and handlers unless their attribute says otherwise.</summary>
internal static class HandlerNames
{
    private const string AsyncSuffix = "Async";

    internal static string Default(MethodInfo method)
    {
        var name = method.Name;

        // A local function is compiled as <Outer>g__Name|1_0.
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local > 0)
        {
            name = name[(local + 4)..];
            var end = name.IndexOf('|', StringComparison.Ordinal);
            name = end > 0 ? name[..end] : name;
        }

        return typeof(Task).IsAssignableFrom(method.ReturnType) ? TrimAsync(name) : name;
    }

    internal static string TrimAsync(string name) =>
        name.Length > AsyncSuffix.Length && name.EndsWith(AsyncSuffix, StringComparison.Ordinal)
            ? name[..^AsyncSuffix.Length]
            : name;

    internal static string Default(Type workflow)
    {
        var name = workflow.Name;
        var backtick = name.IndexOf('`', StringComparison.Ordinal);
        name = backtick > 0 ? name[..backtick] : name;
        return workflow.IsInterface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name[1..] : name;
    }

    internal static string Describe(MethodInfo method) => $"{method.DeclaringType}.{method.Name}";

    internal static bool IsReserved(string name) =>
        name.StartsWith("__temporal_", StringComparison.Ordinal) ||
        name is "__stack_trace" or "__enhanced_stack_trace";
}
