using Google.Protobuf;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Gets the events that a workflow task needs and that did not all come with it. One loader serves one task.</summary>
internal sealed class HistoryLoader(WorkerContext context, WorkflowCodec codec)
{
    private PollWorkflowTaskQueueResponse? decodedTask;

    /// <summary>Returns the events after those that <paramref name="run"/> has seen, or null when it must be rebuilt from the start.</summary>
    internal async Task<IReadOnlyList<HistoryEvent>?> LoadNewAsync(PollWorkflowTaskQueueResponse task, WorkflowRun run)
    {
        var events = await CompleteAsync(task);
        var fresh = events.Where(e => e.EventId > run.LastEventId).ToList();
        return fresh.Count > 0 && fresh[0].EventId != run.LastEventId + 1 ? null : fresh;
    }

    internal async Task<IReadOnlyList<HistoryEvent>> LoadAllAsync(PollWorkflowTaskQueueResponse task)
    {
        if (task.History?.Events.FirstOrDefault()?.EventId == 1)
        {
            return await CompleteAsync(task);
        }

        var events = await PagesAsync(task, ByteString.Empty, fromStart: true);
        var last = events.Count == 0 ? 0 : events[^1].EventId;

        // A task that is not in history yet (transient or speculative) brings its own events.
        foreach (var e in await CompleteAsync(task))
        {
            if (e.EventId > last)
            {
                events.Add(e);
            }
        }

        return events;
    }

    private async Task<List<HistoryEvent>> CompleteAsync(PollWorkflowTaskQueueResponse task)
    {
        var events = new List<HistoryEvent>(task.History?.Events ?? []);
        // The same task may be looked at twice, but a codec must not decode twice.
        if (!ReferenceEquals(task, decodedTask))
        {
            foreach (var e in events)
            {
                await codec.DecodeAsync(e);
            }

            decodedTask = task;
        }

        if (!task.NextPageToken.IsEmpty)
        {
            events.AddRange(await PagesAsync(task, task.NextPageToken, fromStart: false));
            task.History = new() { Events = { events } };
            task.NextPageToken = ByteString.Empty;
        }

        return events;
    }

    private async Task<List<HistoryEvent>> PagesAsync(PollWorkflowTaskQueueResponse task, ByteString token, bool fromStart)
    {
        var events = new List<HistoryEvent>();
        while (fromStart || !token.IsEmpty)
        {
            fromStart = false;
            var page = await context.Service.GetWorkflowExecutionHistoryAsync(
                new()
                {
                    Namespace = context.Namespace,
                    Execution = task.WorkflowExecution,
                    NextPageToken = token,
                },
                WorkerContext.Answer());
            foreach (var e in page.History?.Events ?? [])
            {
                await codec.DecodeAsync(e);
                events.Add(e);
            }

            token = page.NextPageToken;
        }

        return events;
    }
}
