using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>What an assembly shows to others, in the form of <see cref="ApiText"/>.</summary>
internal static class ApiOfAssembly
{
    private static readonly Dictionary<Type, string> Aliases = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
    };

    internal static Dictionary<string, HashSet<string>> Read(IEnumerable<Assembly> assemblies, bool inherited) => assemblies
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !typeof(Delegate).IsAssignableFrom(type))
        .ToDictionary(type => $"{type.Namespace}.{Name(type)}", type => Members(type, inherited).ToHashSet());

    private static IEnumerable<string> Members(Type type, bool inherited)
    {
        if (inherited && type.BaseType is { } ancestor && ancestor.Assembly == type.Assembly)
        {
            return Members(type, false).Concat(Members(ancestor, true));
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Select(value => $"{value}={Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)}");
        }

        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return
        [
            .. type.GetConstructors(All).Where(c => !c.IsStatic && Visible(c) && !IsCopy(c)).Select(c => $".ctor({Parameters(c)})"),
            .. type.GetProperties(All).Where(p => p.GetAccessors(true).Any(Visible) && p.Name != "EqualityContract").Select(p => $"{Name(p.PropertyType)} {p.Name}"),
            .. type.GetFields(All).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName).Select(f => $"{Name(f.FieldType)} {f.Name}"),
            .. type.GetEvents(All).Where(e => Visible(e.AddMethod!)).Select(e => $"{Name(e.EventHandlerType!)} {e.Name}"),
            .. type.GetMethods(All).Where(m => Visible(m) && !IsOrdinary(m)).Select(m => $"{Name(m.ReturnType)} {m.Name}{Arguments(m)}({Parameters(m)})"),
        ];
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType && only.ParameterType.GetMethod("<Clone>$") != null;

    private static bool IsOrdinary(MethodInfo method) =>
        method.IsSpecialName || method.GetCustomAttribute<CompilerGeneratedAttribute>() != null || method.Name.Contains('<', StringComparison.Ordinal) ||
        method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct" ||
        (method.Name == "Clone" && method.GetParameters().Length == 0);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        (p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "") + Name(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType)));

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying);
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        if (type.IsGenericParameter || Aliases.ContainsKey(type))
        {
            return Aliases.GetValueOrDefault(type, type.Name);
        }

        var arguments = type.GetGenericArguments();
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments.Skip(inherited).Select(Name).ToList();
        var name = type.Name.Split('`')[0] + (own.Count > 0 ? $"<{string.Join(", ", own)}>" : "");
        return ApiText.Plain(type.DeclaringType is { } outer ? $"{Name(outer)}.{name}" : name);
    }
}
