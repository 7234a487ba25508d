using System.Diagnostics;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

public static class ActivitySourceExtensions
{
    public static WorkflowDiagnosticActivity TrackWorkflowDiagnosticActivity(
        this ActivitySource source,
        string name,
        ActivityKind kind = ActivityKind.Internal,
        IEnumerable<KeyValuePair<string, object?>>? tags = null,
        IEnumerable<ActivityLink>? links = null,
        bool evenOnReplay = false,
        bool inheritParentTags = true,
        Action<Activity>? updateActivity = null)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException("Not in a workflow");
        }

        var parent = WorkflowDiagnosticActivity.Current;
        var parentContext = parent?.Context ?? default;
        var inherited = inheritParentTags ? parent?.Tags : null;
        var allTags = inherited is null ? tags?.ToList() : inherited.Concat(tags ?? []).ToList();
        Activity? activity = null;
        if (evenOnReplay || !Workflow.Unsafe.IsReplaying)
        {
            // As in the official package a span carries its own tags only; what it inherits is for its children to see.
            activity = source.StartActivity(name, kind, parentContext, tags, links);
            if (activity is not null)
            {
                updateActivity?.Invoke(activity);
                activity.Stop();
            }
        }

        return new(activity?.Context ?? parentContext, activity, allTags);
    }
}
