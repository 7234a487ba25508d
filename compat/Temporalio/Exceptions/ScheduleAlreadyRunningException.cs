namespace Temporalio.Exceptions;

public class ScheduleAlreadyRunningException() : FailureException("Schedule already running");
