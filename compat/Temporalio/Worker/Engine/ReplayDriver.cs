using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>Feeds history to a run, task by task.</summary>
internal static class ReplayDriver
{
    /// <summary>
    /// Applies <paramref name="events"/>, all of them new to the run. The task that started with
    /// <paramref name="liveStartedEventId"/> is run for real, the others are replayed. True when that task was reached.
    /// </summary>
    internal static bool Advance(
        WorkflowEngineOptions options,
        WorkflowRun? run,
        Action<WorkflowRun> onCreated,
        WorkflowExecution execution,
        IReadOnlyList<HistoryEvent> events,
        long liveStartedEventId,
        IReadOnlyList<UpdateRequest> updates,
        bool compareRemainder = false)
    {
        var (sequences, remainder) = HistorySequencer.Cut(events);
        var reached = false;
        foreach (var sequence in sequences)
        {
            if (run == null)
            {
                run = new(options, execution.WorkflowId, execution.RunId, events[0], FirstTime(sequence));
                onCreated(run);
            }

            var live = liveStartedEventId > 0 && sequence.Last.EventId == liveStartedEventId;
            run.Advance(sequence, !live, live ? updates : []);
            reached |= live;
        }

        if (run == null)
        {
            throw new InvalidOperationException($"The history of run {execution.RunId} has no workflow task that could be replayed");
        }

        if (compareRemainder)
        {
            run.RequireMatch(remainder);
        }

        return reached;
    }

    private static DateTime FirstTime(HistorySequence sequence) =>
        (sequence.EndsInTask ? sequence.Last : sequence.Events[0]).EventTime.ToUtc();
}
