namespace Temporalio.Exceptions;

public class ActivityFailedException(Exception? inner) : TemporalException("Activity failed", inner);
