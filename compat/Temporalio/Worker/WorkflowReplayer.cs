using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Runtime;
using Temporalio.Worker.Engine;
using Temporalio.Worker.Hosting;

namespace Temporalio.Worker;

public class WorkflowReplayer
{
    private readonly WorkflowEngineOptions engine;

    public WorkflowReplayer(WorkflowReplayerOptions options)
    {
        Options = (WorkflowReplayerOptions)options.Clone();
        if (Options.Plugins is { Count: > 0 })
        {
            throw new NotSupportedException("WorkflowReplayerOptions.Plugins are not supported by this stand-in");
        }

        if (Options.Workflows.Count == 0)
        {
            throw new ArgumentException("The replayer needs at least one workflow");
        }

        var (named, dynamic) = WorkflowEngineOptions.Index(Options.Workflows);
        engine = new(Options.Namespace, Options.TaskQueue, Options.DataConverter, Options.LoggerFactory, Options.Interceptors ?? [])
        {
            Workflows = named,
            DynamicWorkflow = dynamic,
            FailureExceptionTypes = Options.WorkflowFailureExceptionTypes ?? [],
            BuildId = Options.BuildId ?? string.Empty,
            MetricMeter = () => (Options.Runtime ?? TemporalRuntime.Default).MetricMeter,
            TaskStarting = args => Options.OnTaskStarting(this, args),
            TaskCompleted = args => Options.OnTaskCompleted(this, args),
        };
    }

    public WorkflowReplayerOptions Options { get; }

    public async Task<WorkflowReplayResult> ReplayWorkflowAsync(
        WorkflowHistory history, bool throwOnReplayFailure = true, CancellationToken cancellationToken = default) =>
        await ReplayOneAsync(history, throwOnReplayFailure, cancellationToken);

    public async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        IEnumerable<WorkflowHistory> histories, bool throwOnReplayFailure = false, CancellationToken cancellationToken = default)
    {
        var results = new List<WorkflowReplayResult>();
        foreach (var history in histories)
        {
            results.Add(await ReplayOneAsync(history, throwOnReplayFailure, cancellationToken));
        }

        return results;
    }

    public async IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        IAsyncEnumerable<WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken))
        {
            yield return await ReplayOneAsync(history, throwOnReplayFailure, cancellationToken);
        }
    }

    private async Task<WorkflowReplayResult> ReplayOneAsync(
        WorkflowHistory history, bool throwOnReplayFailure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // On a thread of the pool: the caller's synchronization context has no business in workflow code.
            await Task.Run(() => ReplayAsync(history), cancellationToken);
            return new(history, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = e as InvalidWorkflowOperationException
                ?? new InvalidWorkflowOperationException($"Replay of {history.Id} failed: {e.Message}", e);
            if (throwOnReplayFailure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            return new(history, failure);
        }
    }

    private async Task ReplayAsync(WorkflowHistory history)
    {
        if (history.Events.Count == 0)
        {
            throw new ArgumentException($"The history of {history.Id} has no events");
        }

        var events = history.Events.Select(e => e.Clone()).ToList();
        var started = events[0].WorkflowExecutionStartedEventAttributes ?? throw new ArgumentException(
            $"The history of {history.Id} does not begin with the start of the workflow");
        var codec = engine.CodecOf(history.Id, started.WorkflowType?.Name);
        foreach (var e in events)
        {
            await codec.DecodeAsync(e);
        }

        var runId = started.OriginalExecutionRunId.OrNull() ?? Guid.NewGuid().ToString();
        WorkflowRun? run = null;
        var deadlock = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = new DeadlockWatch(() => Volatile.Read(ref run), !Options.DebugMode, () => deadlock.SetException(
            new InvalidOperationException(
                $"[TMPRL1101] Potential deadlock detected: workflow {history.Id} did not give its thread back within 2 seconds. " +
                "Workflow code must not block")));
        var replay = Task.Run(() => ReplayDriver.Advance(
            engine,
            null,
            created => Volatile.Write(ref run, created),
            new() { WorkflowId = history.Id, RunId = runId },
            events,
            0,
            [],
            compareRemainder: true));
        await await Task.WhenAny(replay, deadlock.Task);
    }
}
