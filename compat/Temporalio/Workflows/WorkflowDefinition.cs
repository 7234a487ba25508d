using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

public class WorkflowDefinition
{
    private static readonly ConcurrentDictionary<(MethodInfo Method, Type Workflow), string> Names = new();

    private readonly Func<object?[], object>? creator;

    internal WorkflowDefinition(WorkflowDefinitionBuilder builder, string? name, Func<object?[], object>? creator)
    {
        Name = name;
        Type = builder.Type;
        RunMethod = builder.RunMethod!;
        this.creator = creator;
        InitConstructor = builder.InitConstructor;
        Signals = builder.Signals;
        DynamicSignal = builder.DynamicSignal;
        Queries = builder.Queries;
        DynamicQuery = builder.DynamicQuery;
        Updates = builder.Updates;
        DynamicUpdate = builder.DynamicUpdate;
        FailureExceptionTypes = builder.Attribute?.FailureExceptionTypes;
        VersioningBehavior = builder.Attribute?.VersioningBehavior;
        DynamicOptionsGetter = builder.DynamicOptionsGetter;
    }

    public string? Name { get; }

    public Type Type { get; }

    public MethodInfo RunMethod { get; }

    public bool Instantiable => creator != null;

    public IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals { get; }

    public WorkflowSignalDefinition? DynamicSignal { get; }

    public IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries { get; }

    public WorkflowQueryDefinition? DynamicQuery { get; }

    public IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    public WorkflowUpdateDefinition? DynamicUpdate { get; }

    public bool Dynamic => Name == null;

    public Type[]? FailureExceptionTypes { get; }

    public VersioningBehavior? VersioningBehavior { get; }

    public Func<object?, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; }

    internal ConstructorInfo? InitConstructor { get; }

    public static WorkflowDefinition Create<T>() => Create(typeof(T));

    public static WorkflowDefinition Create(Type type) => Create(type, null, null);

    public static WorkflowDefinition Create(Type type, string? nameOverride, Func<object?[], object>? creatorOverride) =>
        new WorkflowDefinitionBuilder(type).Build(nameOverride, creatorOverride);

    public object CreateWorkflowInstance(object?[] workflowArguments) => creator == null
        ? throw new InvalidOperationException($"Workflow {Type} cannot be instantiated: it is abstract, an interface or has no usable constructor")
        : creator(workflowArguments);

    internal static string NameFromRunMethodForCall(MethodInfo method, Type workflow) =>
        Names.GetOrAdd((method, workflow), static key => ReadName(key.Method, key.Workflow));

    internal static string NameFromRunMethodForCall(MethodInfo method) =>
        NameFromRunMethodForCall(method, method.ReflectedType ?? method.DeclaringType!);

    private static string ReadName(MethodInfo method, Type workflow)
    {
        if (method.GetCustomAttribute<WorkflowRunAttribute>(false) == null)
        {
            throw new ArgumentException($"{HandlerNames.Describe(method)} is missing the WorkflowRun attribute");
        }

        var type = workflow.GetCustomAttribute<WorkflowAttribute>(false) == null && method.DeclaringType is { } declaring
            ? declaring
            : workflow;
        var attribute = type.GetCustomAttribute<WorkflowAttribute>(false)
            ?? throw new ArgumentException($"{type} is missing the Workflow attribute");
        return attribute.Dynamic
            ? throw new ArgumentException($"{type} is a dynamic workflow and cannot be called by expression")
            : attribute.Name ?? HandlerNames.Default(type);
    }
}
