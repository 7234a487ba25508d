using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>The runs of one workflow id. Only used under its lock.</summary>
internal sealed class WorkflowSlot(EngineCore engine, SqliteStore store, string @namespace, string workflowId)
{
    private readonly Dictionary<string, Run> runs = new(StringComparer.Ordinal);
    private readonly bool isClosed = !engine.Namespaces.Exists(@namespace);
    private volatile Run[] loaded = [];
    private string? currentRunId;
    private bool currentKnown;
    private (string? RunId, bool Known) replaced;

    public string Namespace { get; } = @namespace;

    public string WorkflowId { get; } = workflowId;

    public bool IsEmpty => runs.Count == 0;

    /// <summary>The run that the workflow id means when no run id is given.</summary>
    public Run? Current
    {
        get
        {
            if (isClosed)
            {
                return null;
            }

            if (!currentKnown)
            {
                currentRunId = store.Read(session => session.Scalar(
                    "SELECT run_id FROM current_runs WHERE ns = $1 AND workflow_id = $2", Namespace, WorkflowId)) as string;
                currentKnown = true;
            }

            return currentRunId is null ? null : Find(currentRunId);
        }
    }

    public Run? Find(string runId)
    {
        if (isClosed)
        {
            return null;
        }

        if (runId.Length == 0)
        {
            return Current;
        }

        if (runs.TryGetValue(runId, out var known))
        {
            known.LastUsed = Environment.TickCount64;
            return known;
        }

        var blob = store.Read(session => session.Scalar(
            "SELECT state FROM runs WHERE ns = $1 AND workflow_id = $2 AND run_id = $3", Namespace, WorkflowId, runId)) as byte[];
        if (blob is null)
        {
            return null;
        }

        var run = new Run(RunState.Load(blob), blob);
        Keep(run);
        return run;
    }

    public Run Get(WorkflowExecution? execution) => Find(execution?.RunId ?? "") ?? throw NotFound(execution?.RunId ?? "");

    public Run GetOpen(WorkflowExecution? execution)
    {
        var run = Get(execution);
        return run.State.IsOpen ? run : throw GrpcException.WorkflowCompleted();
    }

    public Transition Begin(Run run) => new(engine, run);

    public void AddCurrent(Run run)
    {
        if (isClosed)
        {
            throw NamespaceRegistry.NotFound(Namespace);
        }

        Keep(run);
        replaced = (currentRunId, currentKnown);
        currentRunId = run.State.RunId;
        currentKnown = true;
    }

    /// <summary>Takes back the last <see cref="AddCurrent"/>. The disk may not know yet which run was current before.</summary>
    public void Withdraw(string runId)
    {
        runs.Remove(runId);
        (currentRunId, currentKnown) = replaced;
        Refresh();
    }

    public void Forget(string runId)
    {
        runs.Remove(runId);
        currentKnown = false;
        Refresh();
    }

    public void AbandonOpenTransitions()
    {
        foreach (var run in runs.Values.Where(static run => run.Open is not null).ToList())
        {
            if (run.Open!.IsNew)
            {
                Withdraw(run.State.RunId);
            }
            else
            {
                run.Open.Abandon();
            }
        }
    }

    /// <summary>The namespace is gone: whoever waits for a run of this id is told so.</summary>
    public void LetGo()
    {
        foreach (var run in runs.Values)
        {
            run.Pulse();
            run.Queries.ForEach(query => query.Fail(NamespaceRegistry.NotFound(Namespace)));
            foreach (var update in run.Updates.All)
            {
                update.Abort(NamespaceRegistry.NotFound(Namespace));
            }
        }
    }

    public bool Evict(string runId)
    {
        if (!runs.TryGetValue(runId, out var run) || !run.CanLeaveMemory)
        {
            return false;
        }

        runs.Remove(runId);
        Refresh();
        return true;
    }

    /// <summary>The runs in memory; may be read without the lock.</summary>
    public Run[] Loaded => loaded;

    private GrpcException NotFound(string runId) => GrpcException.NotFound(
        runId.Length == 0 || Guid.TryParse(runId, out _)
            ? $"workflow not found for ID: {WorkflowId}"
            : $"Invalid RunId: {runId}");

    private void Keep(Run run)
    {
        runs[run.State.RunId] = run;
        Refresh();
        engine.Directory.Loaded();
    }

    private void Refresh() => loaded = [.. runs.Values];
}
