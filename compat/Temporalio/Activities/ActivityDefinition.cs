using System.Reflection;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Activities;

public class ActivityDefinition
{
    private readonly Func<object?[], object?> invoker;

    private ActivityDefinition(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker,
        MethodInfo? methodInfo)
    {
        Name = name;
        ReturnType = returnType;
        ParameterTypes = parameterTypes;
        RequiredParameterCount = requiredParameterCount;
        this.invoker = invoker;
        MethodInfo = methodInfo;
    }

    public string? Name { get; }

    public Type ReturnType { get; }

    public IReadOnlyCollection<Type> ParameterTypes { get; }

    public int RequiredParameterCount { get; }

    public bool Dynamic => Name == null;

    public MethodInfo? MethodInfo { get; }

    public static ActivityDefinition Create(Delegate del)
    {
        ArgumentNullException.ThrowIfNull(del);
        return Create(del.Method, args => HandlerInvoker.Invoke(del, args));
    }

    public static ActivityDefinition Create(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker)
    {
        if (requiredParameterCount < 0 || requiredParameterCount > parameterTypes.Count)
        {
            throw new ArgumentException(
                $"Activity {name} cannot require {requiredParameterCount} of {parameterTypes.Count} parameters",
                nameof(requiredParameterCount));
        }

        if (name == null && (parameterTypes.Count != 1 || parameterTypes.First() != typeof(IRawValue[])))
        {
            throw new ArgumentException("A dynamic activity must take exactly one parameter, of type IRawValue[]");
        }

        return new(name, returnType, parameterTypes, requiredParameterCount, invoker, null);
    }

    public static ActivityDefinition Create(MethodInfo method, Func<object?[], object?> invoker)
    {
        var attribute = AttributeOf(method)
            ?? throw new ArgumentException($"{HandlerNames.Describe(method)} is missing the Activity attribute");
        return CreateFromMethod(attribute.Dynamic ? null : NameFromAttributed(method, attribute), method, invoker);
    }

    public static ActivityDefinition CreateWithoutAttribute(
        string? name, MethodInfo method, Func<object?[], object?> invoker) => CreateFromMethod(name, method, invoker);

    public static IReadOnlyCollection<ActivityDefinition> CreateAll<T>(T? instance) => CreateAll(typeof(T), instance);

    public static IReadOnlyCollection<ActivityDefinition> CreateAll(Type type, object? instance)
    {
        var definitions = new List<ActivityDefinition>();
        foreach (var method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public))
        {
            if (AttributeOf(method) == null)
            {
                continue;
            }

            if (!method.IsStatic && instance == null)
            {
                throw new InvalidOperationException(
                    $"Activity {HandlerNames.Describe(method)} is an instance method, but no instance was given");
            }

            definitions.Add(Create(method, args => HandlerInvoker.Invoke(method, method.IsStatic ? null : instance, args)));
        }

        return definitions.Count > 0
            ? definitions
            : throw new ArgumentException($"No public method of {type} has the Activity attribute", nameof(type));
    }

    public async Task<object?> InvokeAsync(object?[] parameters)
    {
        if (parameters.Length < RequiredParameterCount || parameters.Length > ParameterTypes.Count)
        {
            throw new ArgumentException(
                $"Activity {Name} takes {RequiredParameterCount} to {ParameterTypes.Count} parameters, but was given {parameters.Length}",
                nameof(parameters));
        }

        var result = invoker(HandlerInvoker.PadDefaults(MethodInfo, parameters, ParameterTypes.Count));
        return result is Task task ? await TaskResults.GetAsync(task) : result;
    }

    internal static string NameFromMethodForCall(MethodInfo method)
    {
        var attribute = AttributeOf(method)
            ?? throw new ArgumentException($"{HandlerNames.Describe(method)} is missing the Activity attribute");
        return attribute.Dynamic
            ? throw new ArgumentException($"{HandlerNames.Describe(method)} is a dynamic activity and cannot be called by expression")
            : NameFromAttributed(method, attribute);
    }

    private static ActivityAttribute? AttributeOf(MethodInfo method) =>
        method.GetCustomAttribute<ActivityAttribute>(inherit: false);

    private static string NameFromAttributed(MethodInfo method, ActivityAttribute attribute) =>
        attribute.Name ?? HandlerNames.Default(method);

    private static ActivityDefinition CreateFromMethod(string? name, MethodInfo method, Func<object?[], object?> invoker)
    {
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{HandlerNames.Describe(method)} is generic, which an activity cannot be");
        }

        var parameters = method.GetParameters();
        if (parameters.FirstOrDefault(p => p.ParameterType.IsByRef) is { } byRef)
        {
            throw new ArgumentException($"{HandlerNames.Describe(method)} takes {byRef.Name} by reference, which an activity cannot");
        }

        if (name == null && (parameters.Length != 1 || parameters[0].ParameterType != typeof(IRawValue[])))
        {
            throw new ArgumentException(
                $"{HandlerNames.Describe(method)} is a dynamic activity and must take exactly one parameter, of type IRawValue[]");
        }

        return new(
            name,
            method.ReturnType,
            parameters.Select(p => p.ParameterType).ToArray(),
            parameters.Count(p => !p.HasDefaultValue),
            invoker,
            method);
    }
}
