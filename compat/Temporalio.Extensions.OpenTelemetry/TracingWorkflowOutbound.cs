using System.Diagnostics;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

internal sealed class TracingWorkflowOutbound(TracingInterceptor root, WorkflowOutboundInterceptor next)
    : WorkflowOutboundInterceptor(next)
{
    public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) =>
        base.CreateContinueAsNewException(
            input with { Headers = root.Inject(input.Headers, WorkflowDiagnosticActivity.Current?.Context) });

    public override async Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input)
    {
        using var start = Track($"StartActivity:{input.Activity}");
        return await base.ScheduleActivityAsync<TResult>(
            input with { Headers = root.Inject(input.Headers, start.Context) });
    }

    public override async Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input)
    {
        using var start = Track($"StartActivity:{input.Activity}");
        return await base.ScheduleLocalActivityAsync<TResult>(
            input with { Headers = root.Inject(input.Headers, start.Context) });
    }

    public override async Task SignalChildWorkflowAsync(SignalChildWorkflowInput input)
    {
        using var signal = Track($"SignalChildWorkflow:{input.Signal}");
        await base.SignalChildWorkflowAsync(input with { Headers = root.Inject(input.Headers, signal.Context) });
    }

    public override async Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input)
    {
        using var signal = Track($"SignalExternalWorkflow:{input.Signal}");
        await base.SignalExternalWorkflowAsync(input with { Headers = root.Inject(input.Headers, signal.Context) });
    }

    public override async Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input)
    {
        using var start = Track($"StartChildWorkflow:{input.Workflow}");
        return await base.StartChildWorkflowAsync<TWorkflow, TResult>(
            input with { Headers = root.Inject(input.Headers, start.Context) });
    }

    private WorkflowDiagnosticActivity Track(string name) =>
        TracingInterceptor.WorkflowsSource.TrackWorkflowDiagnosticActivity(
            name, ActivityKind.Client, root.TagsInWorkflow(), inheritParentTags: false);
}
