using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Runtime;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker;

public class WorkflowReplayerOptions : ICloneable
{
    private IList<WorkflowDefinition> workflows = [];

    public event EventHandler<WorkflowTaskStartingEventArgs>? WorkflowTaskStarting;

    public event EventHandler<WorkflowTaskCompletedEventArgs>? WorkflowTaskCompleted;

    public IList<WorkflowDefinition> Workflows => workflows;

    public string Namespace { get; set; } = "ReplayNamespace";

    public string TaskQueue { get; set; } = "ReplayTaskQueue";

    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    public IReadOnlyCollection<IWorkerInterceptor>? Interceptors { get; set; }

    public string? BuildId { get; set; }

    public string? Identity { get; set; }

    public bool DebugMode { get; set; } =
        Environment.GetEnvironmentVariable("TEMPORAL_DEBUG") is { Length: > 0 };

    public bool DisableWorkflowTracingEventListener { get; set; }

    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    public TemporalRuntime? Runtime { get; set; }

    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    public IReadOnlyCollection<ITemporalWorkerPlugin>? Plugins { get; set; }

    public WorkflowReplayerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    public WorkflowReplayerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    public WorkflowReplayerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    public virtual object Clone()
    {
        var copy = (WorkflowReplayerOptions)MemberwiseClone();
        copy.workflows = [.. workflows];
        return copy;
    }

    internal void OnTaskStarting(object sender, WorkflowTaskStartingEventArgs args) => WorkflowTaskStarting?.Invoke(sender, args);

    internal void OnTaskCompleted(object sender, WorkflowTaskCompletedEventArgs args) => WorkflowTaskCompleted?.Invoke(sender, args);
}
