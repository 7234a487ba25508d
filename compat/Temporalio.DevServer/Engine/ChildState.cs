using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

internal sealed class ChildState : IArchived
{
    public long InitiatedId;

    /// <summary>0 until the child runs, <see cref="EventIds.Buffered"/> while its started event waits in the buffer.</summary>
    public long StartedId;
    public string RunId = "";
    public string WorkflowId = "";
    public string Type = "";
    public ParentClosePolicy ClosePolicy;

    public void Visit(Archive archive)
    {
        archive.Value(ref InitiatedId);
        archive.Value(ref StartedId);
        archive.Value(ref RunId);
        archive.Value(ref WorkflowId);
        archive.Value(ref Type);
        archive.Enumeration(ref ClosePolicy);
    }
}
