namespace Temporalio.Exceptions;

public class WorkflowUpdateFailedException(Exception? inner) : TemporalException("Workflow update failed", inner);
