using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

/// <summary>
/// One run of a workflow on this worker: its code, and the state machines between what the code asks for and what history
/// shows. Used by one thread at a time.
/// </summary>
internal sealed partial class WorkflowRun : IWorkflowContext
{
    private static readonly AsyncLocal<WorkflowUpdateInfo?> CurrentUpdate = new();

    private readonly WorkflowEngineOptions options;
    private readonly WorkflowDefinition definition;
    private readonly CommandQueue commands = new();
    private readonly SdkFlags flags = new();
    private readonly WorkflowTaskScheduler scheduler;
    private readonly CancellationTokenSource cancellation = new();
    private readonly Dictionary<string, object> loggerScope;
    private readonly Payloads? startInput;
    private (WorkflowInboundInterceptor Inbound, WorkflowOutboundInterceptor Outbound)? interceptors;
    private string currentDetails = string.Empty;
    private object? instance;
    private object?[]? startArgs;
    private WorkflowDefinitionOptions? dynamicOptions;
    private ILogger? logger;
    private MetricMeter? metricMeter;

    internal WorkflowRun(
        WorkflowEngineOptions options,
        string workflowId,
        string runId,
        HistoryEvent startedEvent,
        DateTime firstTaskTime)
    {
        var started = startedEvent.WorkflowExecutionStartedEventAttributes ?? throw new WorkflowNondeterminismException(
            $"The history of run {runId} does not begin with the start of the workflow, but with {CommandQueue.Describe(startedEvent)}");
        this.options = options;
        definition = options.Find(started.WorkflowType.Name);
        var context = new ISerializationContext.Workflow(options.Namespace, workflowId);
        PayloadConverter = options.DataConverter.PayloadConverter.With(context);
        FailureConverter = options.DataConverter.FailureConverter.With(context);
        Info = WorkflowInfos.From(options, workflowId, runId, startedEvent, firstTaskTime, FailureConverter, PayloadConverter);
        loggerScope = Info.LoggerScope;
        startInput = started.Input;
        UtcNow = firstTaskTime;
        originalRunId = started.OriginalExecutionRunId.OrNull() ?? runId;
        Random = new(RunSeed.FromRunId(originalRunId));
        memo = started.Memo?.Fields.ToDictionary(f => f.Key, f => (IRawValue)new RawValue(f.Value)) ?? [];
        TypedSearchAttributes = started.SearchAttributes == null
            ? SearchAttributeCollection.Empty
            : SearchAttributeCollection.FromProto(started.SearchAttributes);
        scheduler = new(OnForeignThread);
        TaskFactory = new(CancellationToken.None, TaskCreationOptions.None, TaskContinuationOptions.None, scheduler);
        stackTraces = options.StackTrace == WorkflowStackTrace.None ? null : new();
        signals = new(definition.Signals, OnSignalAdded, AssertHandlersMayChange);
        queries = new(definition.Queries, OnQueryAdded, AssertHandlersMayChange);
        updates = new(definition.Updates, OnUpdateAdded, AssertHandlersMayChange);
        dynamicSignal = definition.DynamicSignal;
        dynamicQuery = definition.DynamicQuery;
        dynamicUpdate = definition.DynamicUpdate;
    }

    public WorkflowInfo Info { get; }

    public CancellationToken CancellationToken => cancellation.Token;

    public bool ContinueAsNewSuggested { get; private set; }

    public string CurrentBuildId => CurrentDeploymentVersion?.BuildId ?? string.Empty;

    public WorkerDeploymentVersion? CurrentDeploymentVersion { get; private set; }

    public string CurrentDetails
    {
        get => currentDetails;
        set
        {
            AssertNotReadOnly("set current details");
            currentDetails = value;
        }
    }

    public int CurrentHistoryLength { get; private set; }

    public int CurrentHistorySize { get; private set; }

    public IReadOnlyCollection<Workflows.SuggestContinueAsNewReason> SuggestedContinueAsNewReasons { get; private set; } = [];

    public WorkflowUpdateInfo? CurrentUpdateInfo => CurrentUpdate.Value;

    public bool IsReplaying { get; private set; }

    public bool IsReplayingHistoryEvents => IsReplaying && !inQueryOrValidator;

    public ILogger Logger => logger ??= new ReplaySafeLogger(
        options.LoggerFactory.CreateLogger($"Temporalio.Workflow:{Info.WorkflowType}"), this);

    public MetricMeter MetricMeter => metricMeter ??= new ReplaySafeMetricMeter(
        options.MetricMeter().WithTags(new Dictionary<string, object>
        {
            ["namespace"] = Info.Namespace,
            ["task_queue"] = Info.TaskQueue,
            ["workflow_type"] = Info.WorkflowType,
        }),
        this);

    public IPayloadConverter PayloadConverter { get; }

    public DeterministicRandom Random { get; private set; }

    public DateTime UtcNow { get; private set; }

    public TaskFactory TaskFactory { get; }

    public object Instance => instance ??= CreateInstance();

    internal WorkflowOutboundInterceptor Outbound => Interceptors.Outbound;

    internal IFailureConverter FailureConverter { get; }

    internal WorkflowDefinition Definition => definition;

    internal WorkflowEngineOptions Options => options;

    internal SdkFlags Flags => flags;

    internal bool IsCompleted => commands.Terminal != null;

    /// <summary>Gets or sets the id of the last history event that was applied.</summary>
    internal long LastEventId { get; set; }

    /// <summary>Gets or sets the id of the started event of the last workflow task that was applied.</summary>
    internal long LastStartedEventId { get; set; }

    private readonly string originalRunId;

    internal Dictionary<string, object> LoggerScope => loggerScope;

    // Made by the first that needs them, which is workflow code: interceptors may ask for the workflow while they are made.
    private (WorkflowInboundInterceptor Inbound, WorkflowOutboundInterceptor Outbound) Interceptors => interceptors ??= MakeInterceptors();

    public void AssertNotReadOnly(string operation)
    {
        if (inQueryOrValidator || askingForPatch)
        {
            throw new InvalidOperationException($"Cannot {operation} in this context");
        }
    }

    private void AssertHandlersMayChange() => AssertNotReadOnly("modify workflow handlers");

    private (WorkflowInboundInterceptor Inbound, WorkflowOutboundInterceptor Outbound) MakeInterceptors()
    {
        var root = new WorkflowInboundRoot(this);
        var inbound = options.Interceptors.Reverse().Aggregate<IWorkerInterceptor, WorkflowInboundInterceptor>(
            root, (next, interceptor) => interceptor.InterceptWorkflow(next));
        inbound.Init(new WorkflowOutboundRoot(this));
        return (inbound, root.Outbound ?? throw new InvalidOperationException(
            "A workflow interceptor did not pass Init on to the next one"));
    }

    private object CreateInstance()
    {
        startArgs ??= DecodeArgs(definition.RunMethod, startInput.OrEmpty(), $"Workflow {Info.WorkflowType}", definition.Dynamic, null);
        var created = definition.CreateWorkflowInstance(startArgs);
        dynamicOptions = definition.DynamicOptionsGetter?.Invoke(created);
        return created;
    }

    private bool IsWorkflowFailure(Exception e) =>
        e is FailureException or OperationCanceledException ||
        (dynamicOptions?.FailureExceptionTypes ?? definition.FailureExceptionTypes)?.Any(t => t.IsInstanceOfType(e)) == true ||
        options.FailureExceptionTypes.Any(t => t.IsInstanceOfType(e));

    private object?[] DecodeArgs(
        System.Reflection.MethodInfo method, IReadOnlyList<Payload> input, string what, bool dynamic, string? name)
    {
        if (dynamic)
        {
            IRawValue[] raw = [.. input.Select(p => new RawValue(p))];
            return name == null ? [raw] : [name, raw];
        }

        var parameters = method.GetParameters();
        if (input.Count < parameters.Length && !parameters[input.Count].HasDefaultValue)
        {
            throw new InvalidOperationException(
                $"{what} was given {input.Count} arguments, but {method.Name} needs {parameters.Count(p => !p.HasDefaultValue)}");
        }

        var args = new object?[parameters.Length];
        for (var i = 0; i < args.Length; i++)
        {
            try
            {
                args[i] = i < input.Count
                    ? PayloadConverter.ToValue(input[i], parameters[i].ParameterType)
                    : parameters[i].DefaultValue;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"Argument {parameters[i].Name} of {what} cannot be decoded as {parameters[i].ParameterType}", e);
            }
        }

        return args;
    }
}
