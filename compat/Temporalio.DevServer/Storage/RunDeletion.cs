namespace Temporalio.DevServer.Storage;

internal static class RunDeletion
{
    public static void Apply(SqliteSession session, long runKey, string @namespace, string workflowId, string runId)
    {
        session.Execute("DELETE FROM history WHERE id >= $1 AND id < $2", RowWriter.HistoryId(runKey, 0), RowWriter.HistoryId(runKey + 1, 0));
        session.Execute("DELETE FROM search_values WHERE run_key = $1", runKey);
        session.Execute("DELETE FROM visibility WHERE run_key = $1", runKey);
        session.Execute("DELETE FROM runs WHERE run_key = $1", runKey);
        session.Execute("DELETE FROM current_runs WHERE ns = $1 AND workflow_id = $2 AND run_id = $3", @namespace, workflowId, runId);
        session.Execute(
            """
            INSERT OR IGNORE INTO current_runs (ns, workflow_id, run_id)
            SELECT ns, workflow_id, run_id FROM runs WHERE ns = $1 AND workflow_id = $2 ORDER BY run_key DESC LIMIT 1
            """,
            @namespace, workflowId);
    }
}
