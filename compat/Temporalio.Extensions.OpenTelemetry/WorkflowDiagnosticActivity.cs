using System.Diagnostics;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>
/// A span as workflow code may hold it: a <see cref="System.Diagnostics.Activity"/> cannot be resumed on another
/// worker, so it is started and stopped at once and only its context stays current.
/// </summary>
public class WorkflowDiagnosticActivity : IDisposable
{
    private static readonly AsyncLocal<WorkflowDiagnosticActivity?> CurrentLocal = new();

    internal WorkflowDiagnosticActivity(
        ActivityContext context,
        Activity? activity,
        IReadOnlyCollection<KeyValuePair<string, object?>>? tags)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException("Not in workflow");
        }

        Context = context;
        Activity = activity;
        Tags = tags;
        Parent = CurrentLocal.Value;
        CurrentLocal.Value = this;
    }

    public static WorkflowDiagnosticActivity? Current => CurrentLocal.Value;

    public WorkflowDiagnosticActivity? Parent { get; }

    public ActivityContext Context { get; }

    public Activity? Activity { get; }

    public IReadOnlyCollection<KeyValuePair<string, object?>>? Tags { get; }

    public static WorkflowDiagnosticActivity AttachFromContext(
        ActivityContext context, IReadOnlyCollection<KeyValuePair<string, object?>>? tags = null) =>
        new(context, null, tags);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        CurrentLocal.Value = Parent;
    }
}
