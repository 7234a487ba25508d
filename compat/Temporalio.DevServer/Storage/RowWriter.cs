namespace Temporalio.DevServer.Storage;

internal static class RowWriter
{
    private const int EventIdBits = 20;

    public static long HistoryId(long runKey, long eventId) => (runKey << EventIdBits) | eventId;

    public static void Apply(SqliteSession session, WriteSet set, bool writeState)
    {
        if (set.NewRun is { } run)
        {
            session.Execute(
                "INSERT INTO runs (run_key, ns, workflow_id, run_id, open, deadline, state) VALUES ($1, $2, $3, $4, 1, NULL, $5)",
                set.RunKey, run.Namespace, run.WorkflowId, run.RunId, set.State);
            if (run.Current)
            {
                session.Execute(
                    "INSERT OR REPLACE INTO current_runs (ns, workflow_id, run_id) VALUES ($1, $2, $3)", run.Namespace, run.WorkflowId, run.RunId);
            }
        }

        if (writeState)
        {
            session.Execute(
                "UPDATE runs SET open = $2, deadline = $3, state = $4 WHERE run_key = $1",
                set.RunKey, set.Open ? 1 : 0, set.Deadline?.UtcTicks, set.State);
        }

        if (set.History is { } history)
        {
            session.Execute("INSERT INTO history (id, events) VALUES ($1, $2)", HistoryId(set.RunKey, set.FirstEventId), history);
        }

        if (set.Visibility is { } visibility)
        {
            Write(session, set.RunKey, visibility);
        }

        foreach (var row in set.OutboxAdded ?? [])
        {
            session.Execute(
                "INSERT INTO outbox (id, ns, workflow_id, payload) VALUES ($1, $2, $3, $4)", row.Id, row.Namespace, row.WorkflowId, row.Payload);
        }

        foreach (var id in set.OutboxDone ?? [])
        {
            session.Execute("DELETE FROM outbox WHERE id = $1", id);
        }

        set.Other?.Invoke(session);
    }

    private static void Write(SqliteSession session, long runKey, VisibilityRow row)
    {
        session.Execute(
            """
            INSERT INTO visibility (run_key, ns, workflow_id, run_id, workflow_type, task_queue, status, start_time, execution_time, close_time,
              sort_close, history_length, history_size, transitions, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, search_attributes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            ON CONFLICT (run_key) DO UPDATE SET status = excluded.status, close_time = excluded.close_time, sort_close = excluded.sort_close,
              execution_time = excluded.execution_time, history_length = excluded.history_length, history_size = excluded.history_size,
              transitions = excluded.transitions, memo = excluded.memo, search_attributes = excluded.search_attributes
            """,
            runKey, row.Namespace, row.WorkflowId, row.RunId, row.WorkflowType, row.TaskQueue, row.Status, row.StartTime, row.ExecutionTime, row.CloseTime,
            row.CloseTime ?? long.MaxValue, row.HistoryLength, row.HistorySize, row.Transitions, NullIfEmpty(row.ParentWorkflowId), NullIfEmpty(row.ParentRunId),
            row.RootWorkflowId, row.RootRunId, row.Memo, row.SearchAttributes);
        if (row.Values is not { } values)
        {
            return;
        }

        session.Execute("DELETE FROM search_values WHERE run_key = $1", runKey);
        foreach (var (name, value) in values)
        {
            session.Execute("INSERT OR IGNORE INTO search_values (name, value, run_key) VALUES ($1, $2, $3)", name, value, runKey);
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
