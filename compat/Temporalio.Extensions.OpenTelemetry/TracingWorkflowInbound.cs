using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

internal sealed class TracingWorkflowInbound(TracingInterceptor root, WorkflowInboundInterceptor next)
    : WorkflowInboundInterceptor(next)
{
    public override void Init(WorkflowOutboundInterceptor outbound) =>
        base.Init(new TracingWorkflowOutbound(root, outbound));

    public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
    {
        using var start = AttachStart();
        using var run = Track($"RunWorkflow:{Workflow.Info.WorkflowType}");
        try
        {
            var result = await base.ExecuteWorkflowAsync(input);
            TrackEnd($"CompleteWorkflow:{Workflow.Info.WorkflowType}");
            return result;
        }
        catch (Exception e)
        {
            TrackFailure("CompleteWorkflow", Workflow.Info.WorkflowType, e);
            throw;
        }
    }

    public override async Task HandleSignalAsync(HandleSignalInput input)
    {
        using var start = AttachStart();
        using var handle = Track($"HandleSignal:{input.Signal}", input.Headers);
        try
        {
            await base.HandleSignalAsync(input);
        }
        catch (Exception e)
        {
            TrackFailure("CompleteWorkflow", Workflow.Info.WorkflowType, e);
            throw;
        }
    }

    public override object? HandleQuery(HandleQueryInput input)
    {
        using var start = AttachStart();
        using var handle = Track($"HandleQuery:{input.Query}", input.Headers, evenOnReplay: true);
        try
        {
            return base.HandleQuery(input);
        }
        catch (Exception e)
        {
            SpanExceptions.Record(handle.Activity, e);
            throw;
        }
    }

    public override void ValidateUpdate(HandleUpdateInput input)
    {
        using var start = AttachStart();
        using var validate = Track($"ValidateUpdate:{input.Update}", input.Headers);
        try
        {
            base.ValidateUpdate(input);
        }
        catch (Exception e)
        {
            SpanExceptions.Record(validate.Activity, e);
            throw;
        }
    }

    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        using var start = AttachStart();
        using var handle = Track($"HandleUpdate:{input.Update}", input.Headers);
        try
        {
            return await base.HandleUpdateAsync(input);
        }
        catch (Exception e)
        {
            TrackFailure("CompleteUpdate", input.Update, e);
            throw;
        }
    }

    private static void TrackFailure(string end, string name, Exception e)
    {
        if (e is not ContinueAsNewException || end == "CompleteUpdate")
        {
            TrackEnd($"{(SpanExceptions.IsFailure(e) ? end : "WorkflowTaskFailure")}:{name}", e);
        }
    }

    /// <summary>Adds a span of its own for an end: the span of the start may have been made by another worker.</summary>
    private static void TrackEnd(string name, Exception? failure = null) =>
        TracingInterceptor.WorkflowsSource.TrackWorkflowDiagnosticActivity(
            name,
            updateActivity: failure is null ? null : activity => SpanExceptions.Record(activity, failure)).Dispose();

    /// <summary>Spans of handlers too are children of what started the workflow; the caller of a handler is linked.</summary>
    private PropagatedContext AttachStart() => new(root.Extract(Workflow.Info.Headers));

    private WorkflowDiagnosticActivity Track(
        string name, IReadOnlyDictionary<string, Payload>? caller = null, bool evenOnReplay = false) =>
        TracingInterceptor.WorkflowsSource.TrackWorkflowDiagnosticActivity(
            name,
            ActivityKind.Server,
            root.TagsInWorkflow(),
            root.Extract(caller) is { } context ? [new ActivityLink(context.ActivityContext)] : null,
            evenOnReplay,
            inheritParentTags: false);
}
