namespace Temporalio.DevServer.Storage;

internal static class NamespaceDeletion
{
    /// <summary>The keys of the runs that went.</summary>
    public static List<long> Apply(SqliteSession session, string @namespace)
    {
        var keys = new List<long>();
        using (var rows = session.Query("SELECT run_key FROM runs WHERE ns = $1", @namespace))
        {
            while (rows.Read())
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        foreach (var key in keys)
        {
            session.Execute("DELETE FROM history WHERE id >= $1 AND id < $2", RowWriter.HistoryId(key, 0), RowWriter.HistoryId(key + 1, 0));
            session.Execute("DELETE FROM search_values WHERE run_key = $1", key);
        }

        session.Execute("DELETE FROM visibility WHERE ns = $1", @namespace);
        session.Execute("DELETE FROM runs WHERE ns = $1", @namespace);
        session.Execute("DELETE FROM current_runs WHERE ns = $1", @namespace);
        session.Execute("DELETE FROM outbox WHERE ns = $1", @namespace);
        session.Execute("DELETE FROM search_attributes WHERE ns = $1", @namespace);
        session.Execute("DELETE FROM namespaces WHERE name = $1", @namespace);
        return keys;
    }
}
