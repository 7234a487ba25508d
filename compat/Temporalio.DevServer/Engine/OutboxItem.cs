using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

internal enum OutboxKind
{
    StartChild,
    SignalExternal,
    CancelExternal,
    NotifyParent,
    ParentClosed,
}

/// <summary>An effect of one run on another: durable with the transition that wants it, carried out afterwards, as often as needed, with one result.</summary>
internal sealed class OutboxItem : IArchived
{
    public long Id;
    public OutboxKind Kind;
    public string Namespace = "";
    public string WorkflowId = "";
    public string RunId = "";
    public long InitiatedId;
    public string TargetNamespace = "";
    public string TargetWorkflowId = "";
    public string TargetRunId = "";
    public ParentClosePolicy Policy;

    /// <summary>The event that says what is wanted.</summary>
    public HistoryEvent? Event;

    /// <summary>The same for every try, so that the target can tell repetitions.</summary>
    public string RequestId => $"{RunId}:{InitiatedId}";

    public void Visit(Archive archive)
    {
        archive.Value(ref Id);
        archive.Enumeration(ref Kind);
        archive.Value(ref Namespace);
        archive.Value(ref WorkflowId);
        archive.Value(ref RunId);
        archive.Value(ref InitiatedId);
        archive.Value(ref TargetNamespace);
        archive.Value(ref TargetWorkflowId);
        archive.Value(ref TargetRunId);
        archive.Enumeration(ref Policy);
        archive.Message(ref Event);
    }
}
