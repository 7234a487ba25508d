namespace Temporalio.DevServer.Engine;

internal static class EventIds
{
    /// <summary>Stands for an event that waits in the buffer and has no id yet.</summary>
    public const long Buffered = -1;
}
