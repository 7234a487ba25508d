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
        using var attached = Attach(Workflow.Info.Headers);
        using var run = Track($"RunWorkflow:{Workflow.Info.WorkflowType}", ActivityKind.Server);
        try
        {
            var result = await base.ExecuteWorkflowAsync(input);
            using var completed = Track($"CompleteWorkflow:{Workflow.Info.WorkflowType}");
            return result;
        }
        catch (Exception e)
        {
            using var failed = Track($"CompleteWorkflow:{Workflow.Info.WorkflowType}", failure: e);
            throw;
        }
    }

    public override async Task HandleSignalAsync(HandleSignalInput input)
    {
        using var attached = Attach(input.Headers ?? Workflow.Info.Headers);
        using var handle = Track($"HandleSignal:{input.Signal}", ActivityKind.Server);
        await base.HandleSignalAsync(input);
    }

    public override object? HandleQuery(HandleQueryInput input)
    {
        using var attached = Attach(input.Headers ?? Workflow.Info.Headers);
        using var handle = Track($"HandleQuery:{input.Query}", ActivityKind.Server, evenOnReplay: true);
        return base.HandleQuery(input);
    }

    public override void ValidateUpdate(HandleUpdateInput input)
    {
        using var attached = Attach(input.Headers ?? Workflow.Info.Headers);
        using var validate = Track($"ValidateUpdate:{input.Update}", ActivityKind.Server);
        base.ValidateUpdate(input);
    }

    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        using var attached = Attach(input.Headers ?? Workflow.Info.Headers);
        using var handle = Track($"HandleUpdate:{input.Update}", ActivityKind.Server);
        return await base.HandleUpdateAsync(input);
    }

    private WorkflowDiagnosticActivity? Attach(IReadOnlyDictionary<string, Payload>? headers) =>
        root.Extract(headers) is { } context
            ? WorkflowDiagnosticActivity.AttachFromContext(context.ActivityContext)
            : null;

    private WorkflowDiagnosticActivity Track(
        string name, ActivityKind kind = ActivityKind.Internal, bool evenOnReplay = false, Exception? failure = null) =>
        TracingInterceptor.WorkflowsSource.TrackWorkflowDiagnosticActivity(
            name,
            kind,
            root.TagsInWorkflow(),
            evenOnReplay: evenOnReplay,
            inheritParentTags: false,
            updateActivity: failure is null
                ? null
                : activity => activity.SetStatus(ActivityStatusCode.Error, failure.Message));
}
