namespace Temporalio.DevServer.Engine;

/// <summary>How long the ids and names in a command may be.</summary>
internal static class Lengths
{
    public static void Check(CommandContext context, string name, string? value, WorkflowTaskFailedCause cause)
    {
        var limit = context.Transition.Engine.Limits.IdLength;
        if (value?.Length > limit)
        {
            throw new CommandException(cause, $"{name} exceeds length limit. Length={value.Length} Limit={limit}");
        }
    }
}
