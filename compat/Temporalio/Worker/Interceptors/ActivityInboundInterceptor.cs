namespace Temporalio.Worker.Interceptors;

public abstract class ActivityInboundInterceptor
{
    private readonly ActivityInboundInterceptor? next;

    protected ActivityInboundInterceptor(ActivityInboundInterceptor next) => this.next = next;

    private protected ActivityInboundInterceptor()
    {
    }

    protected ActivityInboundInterceptor Next => next ?? throw new InvalidOperationException("The innermost interceptor has no next one");

    public virtual void Init(ActivityOutboundInterceptor outbound) =>
        Next.Init(outbound);

    public virtual Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) =>
        Next.ExecuteActivityAsync(input);
}
