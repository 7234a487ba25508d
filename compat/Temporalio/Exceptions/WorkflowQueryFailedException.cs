namespace Temporalio.Exceptions;

public class WorkflowQueryFailedException(string message) : TemporalException(message);
