namespace Temporalio.DevServer.Engine;

/// <summary>A command that the server refuses: the workflow task fails, and the workflow with it where no other attempt could do better.</summary>
internal sealed class CommandException(WorkflowTaskFailedCause cause, string message, bool terminates = false) : Exception(message)
{
    public WorkflowTaskFailedCause Cause { get; } = cause;

    public bool Terminates { get; } = terminates;
}
