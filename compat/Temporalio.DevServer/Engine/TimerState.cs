using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

internal sealed class TimerState : IArchived
{
    public string TimerId = "";
    public long StartedId;
    public DateTimeOffset FireAt;

    public void Visit(Archive archive)
    {
        archive.Value(ref TimerId);
        archive.Value(ref StartedId);
        archive.Value(ref FireAt);
    }
}
