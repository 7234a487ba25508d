namespace Temporalio.DevServer.Engine;

/// <summary>A command that the server refuses: the workflow task fails.</summary>
internal sealed class CommandException(WorkflowTaskFailedCause cause, string message) : Exception(message)
{
    public WorkflowTaskFailedCause Cause { get; } = cause;
}
