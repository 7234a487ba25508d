using Temporalio.Common;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.Engine;

/// <summary>The end of the inbound interceptor chain: calls the workflow's own methods.</summary>
internal sealed class WorkflowInboundRoot(WorkflowRun run) : WorkflowInboundInterceptor
{
    internal WorkflowOutboundInterceptor? Outbound { get; private set; }

    public override void Init(WorkflowOutboundInterceptor outbound) => Outbound = outbound;

    public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
    {
        var task = (Task)HandlerInvoker.Invoke(input.RunMethod, input.Instance, input.Args)!;
        await task;
        return TaskResults.Get(task);
    }

    public override async Task HandleSignalAsync(HandleSignalInput input) =>
        await (Task)(input.Definition.Method is { } method
            ? HandlerInvoker.Invoke(method, run.Instance, input.Args)
            : HandlerInvoker.Invoke(input.Definition.Delegate!, input.Args))!;

    public override object? HandleQuery(HandleQueryInput input) => input.Definition.Method is { } method
        ? HandlerInvoker.Invoke(method, run.Instance, input.Args)
        : HandlerInvoker.Invoke(input.Definition.Delegate!, input.Args);

    public override void ValidateUpdate(HandleUpdateInput input)
    {
        if (input.Definition.ValidatorMethod is { } method)
        {
            HandlerInvoker.Invoke(method, run.Instance, input.Args);
        }
        else if (input.Definition.ValidatorDelegate is { } del)
        {
            HandlerInvoker.Invoke(del, input.Args);
        }
    }

    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        var task = (Task)(input.Definition.Method is { } method
            ? HandlerInvoker.Invoke(method, run.Instance, input.Args)
            : HandlerInvoker.Invoke(input.Definition.Delegate!, input.Args))!;
        await task;
        return TaskResults.Get(task);
    }
}
