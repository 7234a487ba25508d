using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>What a transition puts on disk. Made before anything in memory takes the transition for done, so that what cannot be made leaves nothing behind.</summary>
internal sealed record TransitionRows(Transition Transition, byte[] State, byte[]? History, VisibilityRow? Visibility, List<OutboxRow>? Outbox)
{
    /// <summary>The rows of a transition and of the runs that it starts.</summary>
    public static void Add(List<TransitionRows> rows, Transition transition, OutboxProcessor outbox)
    {
        var state = transition.State;
        state.Transitions++;
        transition.Outbox.ForEach(outbox.Assign);
        rows.Add(new TransitionRows(
            transition,
            state.Save(),
            transition.Written.Count > 0 ? new History { Events = { transition.Written } }.ToByteArray() : null,
            transition.IsNew || transition.VisibilityChanged ? VisibilityRows.Of(state, transition.IsNew || transition.SearchAttributesChanged) : null,
            transition.Outbox.Count == 0
                ? null
                : transition.Outbox.ConvertAll(static item => new OutboxRow(item.Id, item.Namespace, item.WorkflowId, Archive.Write(item.Visit)))));
        foreach (var successor in transition.Successors)
        {
            Add(rows, successor, outbox);
        }
    }
}
