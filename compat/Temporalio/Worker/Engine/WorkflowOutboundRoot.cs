using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

/// <summary>The end of the outbound interceptor chain: issues the workflow's commands.</summary>
internal sealed class WorkflowOutboundRoot(WorkflowRun run) : WorkflowOutboundInterceptor
{
    public override Task CancelExternalWorkflowAsync(CancelExternalWorkflowInput input) => run.CancelExternal(input);

    public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) => new(input);

    public override Task DelayAsync(DelayAsyncInput input) => run.StartTimer(input);

    public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) =>
        run.ScheduleActivity<TResult>(input);

    public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input) =>
        run.ScheduleLocalActivity<TResult>(input);

    public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) => run.SignalChild(input);

    public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) => run.SignalExternal(input);

    public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input) => run.StartChild<TWorkflow, TResult>(input);
}
