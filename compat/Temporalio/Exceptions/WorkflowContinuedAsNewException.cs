namespace Temporalio.Exceptions;

public class WorkflowContinuedAsNewException(string newRunId) : TemporalException("Workflow continued as new")
{
    public string NewRunId { get; } = newRunId;
}
