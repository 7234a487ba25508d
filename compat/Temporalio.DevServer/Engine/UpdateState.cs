using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>An update that left its mark in the history.</summary>
internal sealed class UpdateState : IArchived
{
    public string UpdateId = "";
    public long AcceptedId;
    public long CompletedId;

    public void Visit(Archive archive)
    {
        archive.Value(ref UpdateId);
        archive.Value(ref AcceptedId);
        archive.Value(ref CompletedId);
    }
}
