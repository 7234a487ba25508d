namespace Temporalio.DevServer.Engine;

/// <summary>How much of one kind a run may have under way at once.</summary>
internal static class PendingLimits
{
    public static void Check(int pending, int limit, string what, WorkflowTaskFailedCause cause)
    {
        if (pending >= limit)
        {
            throw new CommandException(cause, $"the number of pending {what}, {pending}, has reached the per-workflow limit of {limit}");
        }
    }
}
