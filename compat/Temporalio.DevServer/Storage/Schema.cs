namespace Temporalio.DevServer.Storage;

internal static class Schema
{
    public const int Version = 2;

    /// <summary>
    /// history.id packs the run and the first event id of a batch, so that one B-tree serves both the order and the look-up.
    /// visibility.sort_close is the close time, or the largest number for open runs, which come first. Each index of visibility ends with the order
    /// of lists: without it SQLite prefers to walk all rows of the namespace in that order.
    /// </summary>
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS namespaces (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS search_attributes (
          ns TEXT NOT NULL, name TEXT NOT NULL, type INTEGER NOT NULL, PRIMARY KEY (ns, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS runs (
          run_key INTEGER PRIMARY KEY, ns TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL,
          open INTEGER NOT NULL, deadline INTEGER, state BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS runs_by_id ON runs (ns, workflow_id, run_id);
        CREATE INDEX IF NOT EXISTS runs_open ON runs (run_key) WHERE open = 1;
        CREATE TABLE IF NOT EXISTS current_runs (
          ns TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL, PRIMARY KEY (ns, workflow_id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS history (id INTEGER PRIMARY KEY, events BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS outbox (
          id INTEGER PRIMARY KEY, ns TEXT NOT NULL, workflow_id TEXT NOT NULL, payload BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS visibility (
          run_key INTEGER PRIMARY KEY, ns TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL,
          workflow_type TEXT NOT NULL, task_queue TEXT NOT NULL, status INTEGER NOT NULL,
          start_time INTEGER NOT NULL, execution_time INTEGER NOT NULL, close_time INTEGER, sort_close INTEGER NOT NULL,
          history_length INTEGER, history_size INTEGER, transitions INTEGER,
          parent_workflow_id TEXT, parent_run_id TEXT, root_workflow_id TEXT, root_run_id TEXT,
          memo BLOB, search_attributes BLOB);
        CREATE INDEX IF NOT EXISTS visibility_order ON visibility (ns, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_status ON visibility (ns, status, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_type ON visibility (ns, workflow_type, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_workflow ON visibility (ns, workflow_id, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_queue ON visibility (ns, task_queue, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_run ON visibility (ns, run_id, sort_close DESC, start_time DESC, run_key DESC);
        CREATE INDEX IF NOT EXISTS visibility_parent ON visibility (ns, parent_workflow_id, sort_close DESC, start_time DESC, run_key DESC)
          WHERE parent_workflow_id IS NOT NULL;
        CREATE INDEX IF NOT EXISTS visibility_root ON visibility (ns, root_workflow_id, sort_close DESC, start_time DESC, run_key DESC);
        CREATE TABLE IF NOT EXISTS search_values (
          name TEXT NOT NULL, value NOT NULL, run_key INTEGER NOT NULL, PRIMARY KEY (name, value, run_key)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS search_values_run ON search_values (run_key, name);
        """;
}
