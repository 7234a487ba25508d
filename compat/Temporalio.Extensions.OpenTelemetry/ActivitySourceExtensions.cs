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
        var parent = WorkflowDiagnosticActivity.Current;
        var parentContext = parent?.Context ?? default;
        var allTags = (inheritParentTags ? parent?.Tags ?? [] : []).Concat(tags ?? []).ToList();
        if (!evenOnReplay && Workflow.Unsafe.IsReplaying)
        {
            return new(parentContext, null, allTags);
        }

        // Creating a span touches locks and the clock, which the listener for workflow code would refuse.
        var activity = Workflow.Unsafe.WithTracingEventListenerDisabled(() =>
        {
            var started = source.StartActivity(name, kind, parentContext, allTags, links, Workflow.UtcNow);
            if (started is not null)
            {
                updateActivity?.Invoke(started);
                started.SetEndTime(Workflow.UtcNow);
                started.Stop();
            }

            return started;
        });
        return new(activity?.Context ?? parentContext, activity, allTags);
    }
}
