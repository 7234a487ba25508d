namespace Temporalio.Exceptions;

public class InvalidWorkflowSchedulerException : InvalidWorkflowOperationException
{
    private readonly string? stackTraceOverride;

    internal InvalidWorkflowSchedulerException(string message, string? stackTraceOverride = null)
        : base(message) => this.stackTraceOverride = stackTraceOverride;

    public override string? StackTrace => stackTraceOverride ?? base.StackTrace;
}
