using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Takes workflow tasks from their poll to their answer.</summary>
internal sealed class WorkflowTaskHandler(
    WorkerContext context,
    WorkflowEngineOptions engine,
    WorkflowRunCache cache,
    LocalActivityRunner localActivities,
    WorkflowTaskAnswers answers,
    CancellationToken stopLocalActivities)
{
    private const double HeartbeatFraction = 0.8;

    private readonly ILogger logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.WorkflowWorker");
    private readonly WorkflowTaskFailures failures = new(
        answers, context.LoggerFactory.CreateLogger("Temporalio.Worker.WorkflowWorker"));

    private int deadlocks;

    /// <summary>Gets how many workflow tasks are stuck in workflow code right now.</summary>
    internal int Deadlocks => Volatile.Read(ref deadlocks);

    /// <summary>Handles a task and those that come with its answer; <paramref name="giveUp"/> is called when workflow code blocks it.</summary>
    internal async Task HandleAsync(PollWorkflowTaskQueueResponse task, Action giveUp)
    {
        // Held over all of them: a completion may bring the next task of the same run, also when nothing is cached.
        var entry = cache.Acquire(task.WorkflowExecution.RunId);
        try
        {
            PollWorkflowTaskQueueResponse? next = task;
            while (next != null)
            {
                next = await HandleOneAsync(entry, next, giveUp);
            }
        }
        finally
        {
            cache.Release(entry);
        }
    }

    private static bool IsQuery(PollWorkflowTaskQueueResponse task) => task.Query != null;

    private static List<UpdateRequest> ReadUpdates(PollWorkflowTaskQueueResponse task)
    {
        var updates = new List<UpdateRequest>();
        foreach (var message in task.Messages)
        {
            if (message.Body.TryUnpack<Request>(out var request))
            {
                updates.Add(new(message.Id, message.ProtocolInstanceId, message.EventId, request));
            }
        }

        return updates;
    }

    private async Task<PollWorkflowTaskQueueResponse?> HandleOneAsync(
        WorkflowRunCache.Entry entry, PollWorkflowTaskQueueResponse task, Action giveUp)
    {
        try
        {
            await entry.Gate.WaitAsync(entry.Deadlocked.Token);
        }
        catch (OperationCanceledException)
        {
            await failures.ReportDeadlockAsync(task);
            return null;
        }

        try
        {
            return await HandleLockedAsync(entry, task, giveUp);
        }
        catch (Exception e)
        {
            entry.Evict();
            logger.LogError(
                e, "Workflow task of {WorkflowId} (run {RunId}) was dropped", task.WorkflowExecution.WorkflowId, entry.RunId);
            return null;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task<PollWorkflowTaskQueueResponse?> HandleLockedAsync(
        WorkflowRunCache.Entry entry, PollWorkflowTaskQueueResponse task, Action giveUp)
    {
        var began = Stopwatch.GetTimestamp();
        using var watch = new DeadlockWatch(
            () => entry.Run, !context.Options.DebugMode, () => _ = OnDeadlockAsync(entry, task, giveUp));
        try
        {
            await AdvanceAsync(entry, task);
            var run = entry.Run!;
            if (IsQuery(task))
            {
                var result = run.Query("query", await DecodedAsync(entry, task.Query));
                if (watch.TryFinish())
                {
                    await answers.AnswerQueryAsync(task, result);
                }

                return null;
            }

            var queries = new Dictionary<string, WorkflowQueryResult>();
            foreach (var (id, query) in task.Queries)
            {
                queries[id] = run.Query(id, await DecodedAsync(entry, query));
            }

            var heartbeat = await RunLocalActivitiesAsync(entry, run, began);
            if (!watch.TryFinish())
            {
                entry.Evict();
                return null;
            }

            return await CompleteAsync(entry, run, task, queries, heartbeat);
        }
        catch (OperationCanceledException) when (stopLocalActivities.IsCancellationRequested)
        {
            entry.Evict();
            return null;
        }
        catch (RpcException e)
        {
            // The server's answer to a question about the task is no failure of the workflow: leave the task to its timeout.
            watch.TryFinish();
            logger.LogDebug(e, "Workflow task of {WorkflowId} (run {RunId}) was given up", task.WorkflowExecution.WorkflowId, entry.RunId);
            if (!IsQuery(task))
            {
                entry.Evict();
            }
            else if (GrpcRetry.IsTooLarge(e))
            {
                await failures.ReportTooLargeAsync(task, e);
            }

            return null;
        }
        catch (Exception e)
        {
            var run = entry.Run;
            if (watch.TryFinish())
            {
                if (run != null && !IsQuery(task) && run.TryFailWorkflow(e))
                {
                    return await CompleteAsync(entry, run, task, [], false);
                }

                await failures.ReportAsync(task, e);
            }

            entry.Evict();
            return null;
        }
        finally
        {
            if (!watch.TryFinish())
            {
                Interlocked.Decrement(ref deadlocks);
                entry.Evict();
            }
        }
    }

    private async Task OnDeadlockAsync(WorkflowRunCache.Entry entry, PollWorkflowTaskQueueResponse task, Action giveUp)
    {
        Interlocked.Increment(ref deadlocks);
        await entry.Deadlocked.CancelAsync();
        try
        {
            await failures.ReportDeadlockAsync(task);
        }
        finally
        {
            giveUp();
        }
    }

    /// <summary>Brings the run up to the end of the task's history, from scratch if need be.</summary>
    private async Task AdvanceAsync(WorkflowRunCache.Entry entry, PollWorkflowTaskQueueResponse task)
    {
        var codec = entry.Codec ??= engine.CodecOf(task.WorkflowExecution.WorkflowId, task.WorkflowType?.Name);
        var loader = new HistoryLoader(context, codec);
        IReadOnlyList<HistoryEvent>? events = null;
        if (entry.Run is { } cached)
        {
            events = await loader.LoadNewAsync(task, cached);
        }

        if (events == null)
        {
            entry.Evict();
            events = await loader.LoadAllAsync(task);
        }

        if (events.Count == 0 && entry.Run != null && IsQuery(task))
        {
            return;
        }

        var updates = ReadUpdates(task);
        foreach (var update in updates)
        {
            await PayloadVisitor.DecodeAsync(codec.Own, update.Request);
        }

        var reached = ReplayDriver.Advance(
            engine,
            entry.Run,
            run => entry.Run = run,
            task.WorkflowExecution,
            events,
            IsQuery(task) ? 0 : task.StartedEventId,
            updates);
        if (!IsQuery(task) && !reached)
        {
            throw new InvalidOperationException(
                $"The history of the workflow task ends before its started event {task.StartedEventId}");
        }
    }

    private static async Task<WorkflowQuery> DecodedAsync(WorkflowRunCache.Entry entry, WorkflowQuery query)
    {
        await PayloadVisitor.DecodeAsync(entry.Codec?.Own, query);
        return query;
    }

    /// <summary>Runs local activities while the workflow waits for them; true when the task must be prolonged.</summary>
    private async Task<bool> RunLocalActivitiesAsync(WorkflowRunCache.Entry entry, WorkflowRun run, long began)
    {
        if (!run.HasOpenLocalActivities)
        {
            return false;
        }

        var taskTime = run.UtcNow;
        var limit = run.Info.TaskTimeout * HeartbeatFraction;
        var runs = entry.LocalActivities ??= new(localActivities, run.Info);
        while (!run.IsCompleted && run.HasOpenLocalActivities)
        {
            run.TakeLocalActivitiesToRun().ForEach(runs.Start);
            var result = await runs.NextAsync(limit - Stopwatch.GetElapsedTime(began), stopLocalActivities);
            if (result == null)
            {
                return true;
            }

            run.ResolveLocalActivity(result, taskTime + Stopwatch.GetElapsedTime(began));
        }

        run.CancelLocalActivities();
        return false;
    }

    private async Task<PollWorkflowTaskQueueResponse?> CompleteAsync(
        WorkflowRunCache.Entry entry,
        WorkflowRun run,
        PollWorkflowTaskQueueResponse task,
        Dictionary<string, WorkflowQueryResult> queries,
        bool heartbeat)
    {
        var outcome = run.TakeOutcome();
        RespondWorkflowTaskCompletedResponse response;
        try
        {
            response = await answers.CompleteAsync(task, run, outcome, queries, heartbeat);
        }
        catch (RpcException e)
        {
            // New events arrived, the task is gone, or the server refused it: the next task brings the whole history.
            logger.Log(
                e.Code is RpcException.StatusCode.NotFound || e.Message.Contains("UnhandledCommand", StringComparison.Ordinal)
                    ? LogLevel.Debug
                    : LogLevel.Warning,
                "Completing a workflow task of {WorkflowId} (run {RunId}) failed: {Message}",
                run.Info.WorkflowId,
                run.Info.RunId,
                e.Message);
            entry.Evict();
            if (GrpcRetry.IsTooLarge(e))
            {
                await failures.ReportTooLargeAsync(task, e);
            }

            return null;
        }
        catch (Exception e)
        {
            entry.Evict();
            await failures.ReportAsync(task, new InvalidOperationException($"Failed encoding completion: {e.Message}", e));
            return null;
        }

        if (run.IsCompleted)
        {
            entry.Evict();
        }
        else if (response.ResetHistoryEventId > 0)
        {
            // The task was speculative and came to nothing: its two events are not in history.
            run.LastEventId -= 2;
            run.LastStartedEventId = response.ResetHistoryEventId;
        }

        return response.WorkflowTask is { TaskToken.IsEmpty: false } next ? next : null;
    }
}
