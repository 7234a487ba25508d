using Temporalio.Workflows;

namespace Temporalio.Worker;

public class WorkflowTaskCompletedEventArgs : WorkflowTaskEventArgs
{
    internal WorkflowTaskCompletedEventArgs(WorkflowInfo info, WorkflowDefinition definition, Exception? failure)
        : base(info, definition) => TaskFailureException = failure;

    public Exception? TaskFailureException { get; }
}
