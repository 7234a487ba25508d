namespace Temporalio.DevServer.Engine;

/// <summary>How much a command may carry. More of it ends the workflow: the next attempt would carry as much.</summary>
internal static class CommandSizes
{
    public static void Check(CommandContext context, IMessage? payload, WorkflowTaskFailedCause cause, string name) =>
        Check(payload?.CalculateSize() ?? 0, context.Transition.Engine.Limits.BlobBytes, cause, name);

    public static void CheckFields(CommandContext context, IEnumerable<KeyValuePair<string, Payload>>? fields, WorkflowTaskFailedCause cause, string name) =>
        Check(fields?.Sum(static field => field.Key.Length + field.Value.Data.Length) ?? 0, context.Transition.Engine.Limits.BlobBytes, cause, name);

    public static void CheckDetails(CommandContext context, IEnumerable<KeyValuePair<string, Payloads>> details, WorkflowTaskFailedCause cause, string name) =>
        Check(details.Sum(static detail => detail.Key.Length + detail.Value.CalculateSize()), context.Transition.Engine.Limits.BlobBytes, cause, name);

    public static void CheckMemo(CommandContext context, Memo? memo, WorkflowTaskFailedCause cause, string name) =>
        Check(memo?.CalculateSize() ?? 0, context.Transition.Engine.Limits.MemoBytes, cause, name);

    private static void Check(int size, int limit, WorkflowTaskFailedCause cause, string name)
    {
        if (size > limit)
        {
            throw new CommandException(cause, $"{name} exceeds size limit.", terminates: true);
        }
    }
}
