using Temporalio.Workflows;

namespace Temporalio.Worker;

public class WorkflowTaskStartingEventArgs : WorkflowTaskEventArgs
{
    internal WorkflowTaskStartingEventArgs(WorkflowInfo info, WorkflowDefinition definition)
        : base(info, definition)
    {
    }
}
