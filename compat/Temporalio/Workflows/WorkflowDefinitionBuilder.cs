using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>Reads a workflow's definition from its type, and says everything that is wrong with it at once.</summary>
internal sealed class WorkflowDefinitionBuilder
{
    private readonly List<string> errors = [];

    internal WorkflowDefinitionBuilder(Type type)
    {
        Type = type;
        Attribute = type.GetCustomAttribute<WorkflowAttribute>(false);
    }

    internal Type Type { get; }

    internal WorkflowAttribute? Attribute { get; }

    internal MethodInfo? RunMethod { get; private set; }

    internal ConstructorInfo? InitConstructor { get; private set; }

    internal Dictionary<string, WorkflowSignalDefinition> Signals { get; } = [];

    internal WorkflowSignalDefinition? DynamicSignal { get; private set; }

    internal Dictionary<string, WorkflowQueryDefinition> Queries { get; } = [];

    internal WorkflowQueryDefinition? DynamicQuery { get; private set; }

    internal Dictionary<string, WorkflowUpdateDefinition> Updates { get; } = [];

    internal WorkflowUpdateDefinition? DynamicUpdate { get; private set; }

    internal Func<object?, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; private set; }

    internal WorkflowDefinition Build(string? nameOverride, Func<object?[], object>? creatorOverride)
    {
        var name = ReadName(nameOverride);
        ReadConstructors();
        ReadMethods();
        ReadUpdates();
        ReadProperties();
        RequireRunMethod();
        if (creatorOverride != null && InitConstructor != null)
        {
            throw new ArgumentException("Cannot set creator for workflow with WorkflowInit constructor", nameof(creatorOverride));
        }

        var creator = creatorOverride ?? Creator();
        return errors.Count == 0
            ? new(this, name, creator)
            : throw new AggregateException(errors.Select(error => new ArgumentException($"Workflow {Type}: {error}")));
    }

    private static IEnumerable<MethodInfo> MethodsOf(Type type)
    {
        const BindingFlags Any =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return type.IsInterface
            ? type.GetInterfaces().Prepend(type).SelectMany(i => i.GetMethods(Any))
            : type.GetMethods(Any);
    }

    private string? ReadName(string? nameOverride)
    {
        if (Attribute == null)
        {
            throw new ArgumentException($"{Type} is missing the Workflow attribute");
        }

        if (Attribute is { Dynamic: true, Name: not null })
        {
            errors.Add("a dynamic workflow cannot have a name");
        }

        if (Type.ContainsGenericParameters)
        {
            errors.Add("an open generic type cannot be a workflow");
        }

        var name = nameOverride ?? (Attribute is { Dynamic: true } ? null : Attribute?.Name ?? HandlerNames.Default(Type));
        if (name != null && HandlerNames.IsReserved(name))
        {
            errors.Add($"the workflow name {name} is reserved");
        }

        return name;
    }

    private void ReadConstructors()
    {
        foreach (var constructor in Type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (constructor.GetCustomAttribute<WorkflowInitAttribute>(false) == null)
            {
                continue;
            }

            if (InitConstructor != null)
            {
                errors.Add("WorkflowInit is on more than one constructor");
            }
            else if (!constructor.IsPublic)
            {
                errors.Add("the constructor with WorkflowInit must be public");
            }

            InitConstructor = constructor;
        }
    }

    private void ReadMethods()
    {
        foreach (var method in MethodsOf(Type))
        {
            var isRun = method.GetCustomAttribute<WorkflowRunAttribute>(false) != null;
            if (isRun)
            {
                ReadRun(method);
            }

            if (method.GetCustomAttribute<WorkflowSignalAttribute>(false) != null)
            {
                Collect(() =>
                {
                    var signal = WorkflowSignalDefinition.FromMethod(method);
                    if (signal.Name == null ? DynamicSignal != null : !Signals.TryAdd(signal.Name, signal))
                    {
                        errors.Add($"there is more than one {(signal.Name == null ? "dynamic signal" : "signal named " + signal.Name)}");
                    }

                    DynamicSignal = signal.Name == null ? signal : DynamicSignal;
                });
            }

            if (method.GetCustomAttribute<WorkflowQueryAttribute>(false) != null)
            {
                Collect(() => AddQuery(WorkflowQueryDefinition.FromMethod(method)));
            }

            if (method.GetCustomAttribute<WorkflowDynamicOptionsAttribute>(false) != null)
            {
                ReadDynamicOptions(method);
            }

            CheckOverride(method, isRun);
        }
    }

    private void ReadRun(MethodInfo method)
    {
        if (method.DeclaringType != Type && !Type.IsInterface)
        {
            errors.Add($"WorkflowRun on {HandlerNames.Describe(method)} must be on {Type} itself, overriding it if need be");
            return;
        }

        if (RunMethod != null)
        {
            errors.Add("WorkflowRun is on more than one method");
            return;
        }

        RunMethod = method;
        if (!method.IsPublic || method.IsStatic)
        {
            errors.Add($"WorkflowRun method {HandlerNames.Describe(method)} must be public and not static");
        }

        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            errors.Add($"WorkflowRun method {HandlerNames.Describe(method)} must return Task or Task<T>");
        }

        if (Attribute is { Dynamic: true })
        {
            Collect(() => HandlerRules.RequireParameters(method, "workflow run", dynamic: true, namePrepended: false));
        }
    }

    private void ReadUpdates()
    {
        var validators = new Dictionary<string, MethodInfo>();
        foreach (var method in MethodsOf(Type))
        {
            if (method.GetCustomAttribute<WorkflowUpdateValidatorAttribute>(false) is { } validator &&
                !validators.TryAdd(validator.UpdateMethod, method))
            {
                errors.Add($"{validator.UpdateMethod} has more than one update validator");
            }
        }

        foreach (var method in MethodsOf(Type))
        {
            if (method.GetCustomAttribute<WorkflowUpdateAttribute>(false) == null)
            {
                continue;
            }

            validators.Remove(method.Name, out var validator);
            Collect(() =>
            {
                var update = WorkflowUpdateDefinition.FromMethod(method, validator);
                if (update.Name == null ? DynamicUpdate != null : !Updates.TryAdd(update.Name, update))
                {
                    errors.Add($"there is more than one {(update.Name == null ? "dynamic update" : "update named " + update.Name)}");
                }

                DynamicUpdate = update.Name == null ? update : DynamicUpdate;
            });
        }

        foreach (var (update, validator) in validators)
        {
            errors.Add($"update validator {HandlerNames.Describe(validator)} names {update}, which is not an update method");
        }
    }

    private void ReadProperties()
    {
        const BindingFlags Any =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var property in Type.GetProperties(Any))
        {
            if (property.GetCustomAttribute<WorkflowQueryAttribute>(false) != null)
            {
                Collect(() => AddQuery(WorkflowQueryDefinition.FromProperty(property)));
            }
        }
    }

    private void AddQuery(WorkflowQueryDefinition query)
    {
        if (query.Name == null ? DynamicQuery != null : !Queries.TryAdd(query.Name, query))
        {
            errors.Add($"there is more than one {(query.Name == null ? "dynamic query" : "query named " + query.Name)}");
        }

        DynamicQuery = query.Name == null ? query : DynamicQuery;
    }

    private void ReadDynamicOptions(MethodInfo method)
    {
        if (Attribute is not { Dynamic: true } || method.ReturnType != typeof(WorkflowDefinitionOptions) ||
            method.GetParameters().Length > 0 || !method.IsPublic || method.IsStatic)
        {
            errors.Add(
                $"{HandlerNames.Describe(method)} has WorkflowDynamicOptions, so it must be a public parameterless instance " +
                "method of a dynamic workflow that returns WorkflowDefinitionOptions");
            return;
        }

        DynamicOptionsGetter = instance => (WorkflowDefinitionOptions)HandlerInvoker.Invoke(method, instance, [])!;
    }

    private void RequireRunMethod()
    {
        if (RunMethod == null)
        {
            errors.Add("no method has the WorkflowRun attribute");
        }
        else if (InitConstructor != null &&
            !InitConstructor.GetParameters().Select(p => p.ParameterType)
                .SequenceEqual(RunMethod.GetParameters().Select(p => p.ParameterType)))
        {
            errors.Add("the constructor with WorkflowInit must take the same parameters as the WorkflowRun method");
        }
    }

    private void CheckOverride(MethodInfo method, bool isRun)
    {
        var original = method.GetBaseDefinition();
        if (Type.IsInterface || original == method || original.DeclaringType == method.DeclaringType)
        {
            return;
        }

        Require<WorkflowSignalAttribute>("WorkflowSignal");
        Require<WorkflowQueryAttribute>("WorkflowQuery");
        Require<WorkflowUpdateAttribute>("WorkflowUpdate");
        if (!isRun && original.IsDefined(typeof(WorkflowRunAttribute), false))
        {
            errors.Add($"{HandlerNames.Describe(method)} overrides a WorkflowRun method and must have the attribute too");
        }

        void Require<T>(string attribute)
            where T : Attribute
        {
            if (original.IsDefined(typeof(T), false) && !method.IsDefined(typeof(T), false))
            {
                errors.Add($"{HandlerNames.Describe(method)} overrides a {attribute} method and must have the attribute too");
            }
        }
    }

    private Func<object?[], object>? Creator()
    {
        if (Type.IsAbstract || Type.IsInterface)
        {
            return null;
        }

        if (InitConstructor is { } init)
        {
            return args => init.Invoke(BindingFlags.DoNotWrapExceptions, null, args, null);
        }

        if (!Type.IsValueType && Type.GetConstructor(Type.EmptyTypes) == null)
        {
            errors.Add("it needs a public parameterless constructor or one with WorkflowInit");
        }

        return _ => Activator.CreateInstance(
            Type, BindingFlags.DoNotWrapExceptions | BindingFlags.Instance | BindingFlags.Public, null, null, null)!;
    }

    private void Collect(Action read)
    {
        try
        {
            read();
        }
        catch (ArgumentException e)
        {
            errors.Add(e.Message);
        }
    }
}
