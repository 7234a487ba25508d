using Temporalio.DevServer.Engine;

namespace Temporalio.DevServer.Storage;

/// <summary>Deletes closed runs once their namespace's retention has passed, a few at a time.</summary>
internal sealed class RetentionSweeper(EngineCore engine, TimeSpan period)
{
    private const int BatchSize = 500;

    public void Start() => Arm();

    private void Arm() => engine.Timers.Set(this, engine.Clock.GetUtcNow() + period, () =>
    {
        Sweep();
        Arm();
    });

    private void Sweep()
    {
        foreach (var item in engine.Namespaces.All)
        {
            var retention = item.Config.WorkflowExecutionRetentionTtl.Span();
            if (retention > TimeSpan.Zero)
            {
                Sweep(item.NamespaceInfo.Name, engine.Clock.GetUtcNow() - retention);
            }
        }
    }

    private void Sweep(string @namespace, DateTimeOffset closedBefore)
    {
        var expired = engine.Store.Read(session =>
        {
            var runs = new List<(long Key, string WorkflowId, string RunId)>();
            using var rows = session.Query(
                "SELECT run_key, workflow_id, run_id FROM visibility WHERE ns = $1 AND sort_close < $2 ORDER BY sort_close LIMIT $3",
                @namespace, closedBefore.UtcTicks, BatchSize);
            while (rows.Read())
            {
                runs.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
            }

            return runs;
        });
        foreach (var (key, workflowId, runId) in expired)
        {
            engine.Directory.Locked(@namespace, workflowId, slot =>
            {
                slot.Forget(runId);
                _ = engine.Writer.Write(new WriteSet
                {
                    RunKey = key,
                    Other = session => RunDeletion.Apply(session, key, @namespace, workflowId, runId),
                });
            });
        }
    }
}
