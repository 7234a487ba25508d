namespace Temporalio.Worker.Interceptors;

public abstract class ActivityOutboundInterceptor
{
    private readonly ActivityOutboundInterceptor? next;

    protected ActivityOutboundInterceptor(ActivityOutboundInterceptor next) => this.next = next;

    private protected ActivityOutboundInterceptor()
    {
    }

    protected ActivityOutboundInterceptor Next => next ?? throw new InvalidOperationException("The innermost interceptor has no next one");

    public virtual void Heartbeat(HeartbeatInput input) =>
        Next.Heartbeat(input);
}
