using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>The events that one workflow task brings, as they are replayed: up to its started event or the end of the run.</summary>
internal sealed class HistorySequence(IReadOnlyList<HistoryEvent> events, IReadOnlyList<HistoryEvent> lookAhead)
{
    internal IReadOnlyList<HistoryEvent> Events { get; } = events;

    /// <summary>Gets the events of the following sequence: patch and local activity markers, accepted updates and flags in it belong to this task.</summary>
    internal IReadOnlyList<HistoryEvent> LookAhead { get; } = lookAhead;

    internal HistoryEvent Last => Events[^1];

    internal bool EndsInTask => Last.EventType == EventType.WorkflowTaskStarted;
}
