using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.Tuning;
using Temporalio.Workflows;

namespace Temporalio.Worker;

public class TemporalWorkerOptions : ICloneable
{
    private IList<ActivityDefinition> activities = [];
    private IList<WorkflowDefinition> workflows = [];

    public TemporalWorkerOptions()
    {
    }

    public TemporalWorkerOptions(string taskQueue) => TaskQueue = taskQueue;

    public event EventHandler<WorkflowTaskStartingEventArgs>? WorkflowTaskStarting;

    public event EventHandler<WorkflowTaskCompletedEventArgs>? WorkflowTaskCompleted;

    public string? TaskQueue { get; set; }

    public IList<ActivityDefinition> Activities => activities;

    public IList<WorkflowDefinition> Workflows => workflows;

    public TaskFactory ActivityTaskFactory { get; set; } = Task.Factory;

    public IReadOnlyCollection<IWorkerInterceptor>? Interceptors { get; set; }

    [Obsolete("Use DeploymentOptions")]
    public string? BuildId { get; set; }

    [Obsolete("Use DeploymentOptions")]
    public bool UseWorkerVersioning { get; set; }

    public WorkerDeploymentOptions? DeploymentOptions { get; set; }

    public string? Identity { get; set; }

    public int? MaxConcurrentActivities { get; set; }

    public TimeSpan MaxHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan DefaultHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(30);

    public double? MaxActivitiesPerSecond { get; set; }

    public double? MaxTaskQueueActivitiesPerSecond { get; set; }

    public TimeSpan GracefulShutdownTimeout { get; set; }

    public int MaxCachedWorkflows { get; set; } = 10_000;

    public int? MaxConcurrentWorkflowTasks { get; set; }

    public int? MaxConcurrentLocalActivities { get; set; }

    public bool LocalActivityWorkerOnly { get; set; }

    public TimeSpan StickyQueueScheduleToStartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public int MaxConcurrentWorkflowTaskPolls { get; set; } = 5;

    public float NonStickyToStickyPollRatio { get; set; } = 0.2f;

    public int MaxConcurrentActivityTaskPolls { get; set; } = 5;

    public PollerBehavior? WorkflowTaskPollerBehavior { get; set; }

    public PollerBehavior? ActivityTaskPollerBehavior { get; set; }

    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    public Func<PatchActivationInput, bool>? PatchActivationCallback { get; set; }

    public bool DebugMode { get; set; } =
        Environment.GetEnvironmentVariable("TEMPORAL_DEBUG") is { Length: > 0 };

    public bool DisableWorkflowTracingEventListener { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }

    public WorkflowStackTrace WorkflowStackTrace { get; set; }

    public WorkerTuner? Tuner { get; set; }

    public bool DisableEagerActivityExecution { get; set; }

    public int MaxEagerActivityReservationsPerWorkflowTask { get; set; } = 3;

    public bool DisablePayloadErrorLimit { get; set; }

    public IReadOnlyCollection<ITemporalWorkerPlugin>? Plugins { get; set; }

    public TemporalWorkerOptions AddActivity(Delegate del) => AddActivity(ActivityDefinition.Create(del));

    public TemporalWorkerOptions AddActivity(ActivityDefinition definition)
    {
        Activities.Add(definition);
        return this;
    }

    public TemporalWorkerOptions AddAllActivities<T>(T? instance) => AddAllActivities(typeof(T), instance);

    public TemporalWorkerOptions AddAllActivities(Type type, object? instance)
    {
        foreach (var definition in ActivityDefinition.CreateAll(type, instance))
        {
            AddActivity(definition);
        }

        return this;
    }

    public TemporalWorkerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    public TemporalWorkerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    public TemporalWorkerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    public virtual object Clone()
    {
        var copy = (TemporalWorkerOptions)MemberwiseClone();
        copy.activities = [.. activities];
        copy.workflows = [.. workflows];
        return copy;
    }

    internal void OnTaskStarting(object sender, WorkflowTaskStartingEventArgs args) => WorkflowTaskStarting?.Invoke(sender, args);

    internal void OnTaskCompleted(object sender, WorkflowTaskCompletedEventArgs args) => WorkflowTaskCompleted?.Invoke(sender, args);
}
