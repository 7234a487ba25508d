namespace Temporalio.Worker.Interceptors;

public abstract class WorkflowInboundInterceptor
{
    private readonly WorkflowInboundInterceptor? next;

    protected WorkflowInboundInterceptor(WorkflowInboundInterceptor next) => this.next = next;

    private protected WorkflowInboundInterceptor()
    {
    }

    protected WorkflowInboundInterceptor Next => next ?? throw new InvalidOperationException("The innermost interceptor has no next one");

    public virtual void Init(WorkflowOutboundInterceptor outbound) =>
        Next.Init(outbound);

    public virtual Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input) =>
        Next.ExecuteWorkflowAsync(input);

    public virtual Task HandleSignalAsync(HandleSignalInput input) =>
        Next.HandleSignalAsync(input);

    public virtual object? HandleQuery(HandleQueryInput input) =>
        Next.HandleQuery(input);

    public virtual void ValidateUpdate(HandleUpdateInput input) =>
        Next.ValidateUpdate(input);

    public virtual Task<object?> HandleUpdateAsync(HandleUpdateInput input) =>
        Next.HandleUpdateAsync(input);
}
