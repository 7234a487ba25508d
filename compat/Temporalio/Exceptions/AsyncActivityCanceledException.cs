namespace Temporalio.Exceptions;

public class AsyncActivityCanceledException() : TemporalException("Activity cancelled");
