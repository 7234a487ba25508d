namespace Temporalio.Workflows;

internal static class WorkflowContexts
{
    // Set by the engine around everything it runs for a workflow, on the thread that runs it. Not an AsyncLocal:
    // code that leaves the workflow's scheduler has left the workflow.
    [ThreadStatic]
    private static IWorkflowContext? current;

    internal static IWorkflowContext? OrNull => current;

    internal static IWorkflowContext Current => current ?? throw new InvalidOperationException(
        "Not in a workflow: this member works in workflow code only, on the workflow's own task scheduler");

    internal static IWorkflowContext? Exchange(IWorkflowContext? context)
    {
        var previous = current;
        current = context;
        return previous;
    }
}
