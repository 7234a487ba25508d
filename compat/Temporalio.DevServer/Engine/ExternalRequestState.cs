using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>A signal or cancel request on its way to another workflow.</summary>
internal sealed class ExternalRequestState : IArchived
{
    public long InitiatedId;
    public bool Cancel;

    public void Visit(Archive archive)
    {
        archive.Value(ref InitiatedId);
        archive.Value(ref Cancel);
    }
}
