using Temporalio.Api.Sdk.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>The workflow task completion that a command belongs to.</summary>
internal sealed class CommandContext(Transition transition, WorkflowSlot slot, long completedId, string identity, bool hadBufferedEvents)
{
    public Transition Transition { get; } = transition;

    public WorkflowSlot Slot { get; } = slot;

    public RunState State => Transition.State;

    public long CompletedId { get; } = completedId;

    public string Identity { get; } = identity;

    /// <summary>Whether the workflow has not seen everything yet that happened before its commands.</summary>
    public bool HadBufferedEvents { get; set; } = hadBufferedEvents;

    /// <summary>Of the command at hand; goes onto its event.</summary>
    public UserMetadata? Metadata { get; set; }

    public bool Closed { get; set; }

    public HistoryEvent Create(EventType type)
    {
        var item = Transition.Create(type);
        item.UserMetadata = Metadata;
        return item;
    }
}
