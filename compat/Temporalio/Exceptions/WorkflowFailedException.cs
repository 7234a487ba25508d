namespace Temporalio.Exceptions;

public class WorkflowFailedException(Exception? inner) : TemporalException("Workflow failed", inner);
