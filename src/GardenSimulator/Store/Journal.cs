using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Microsoft.Data.Sqlite;

namespace Dualstack.GardenSimulator.Store;

/// <summary>
/// The garden on disk. Everything that one locked section of the garden changed goes into one transaction, committed before anybody
/// is answered; the write-ahead log survives a killed process.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly SqliteConnection connection;

    public Journal(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            Execute("PRAGMA locking_mode=EXCLUSIVE");
            Execute("PRAGMA journal_mode=WAL");
            CreateTables();
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new IOException($"{file} cannot be opened ({exception.Message.TrimEnd('.')}); if another garden uses this data directory, stop it or choose another directory.", exception);
        }
    }

    public long Version => long.TryParse(Meta("version"), out var version) ? version : 0;

    public string? Meta(string key)
    {
        using var command = Command("SELECT value FROM meta WHERE key = $key", ("$key", key));
        return command.ExecuteScalar() as string;
    }

    public IEnumerable<(ShootEntry Entry, ShootState State)> Shoots()
    {
        using var command = Command("SELECT json, state FROM shoots");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var shoot = JsonNode.Parse((byte[])reader[0])!.AsObject();
            var version = shoot.Number("metadata", "resourceVersion") ?? 0;
            yield return (new ShootEntry(shoot, version), JsonSerializer.Deserialize<ShootState>((byte[])reader[1], JsonTree.Web)!);
        }
    }

    public IEnumerable<Fault> Faults() => Rows<Fault>("SELECT json FROM faults ORDER BY id");

    public IEnumerable<AuditEntry> Audit() => Rows<AuditEntry>("SELECT json FROM audit ORDER BY sequence");

    public IEnumerable<JsonObject> Namespaces() => Rows<JsonObject>("SELECT json FROM namespaces ORDER BY name");

    public void Write(
        long version,
        IEnumerable<(string Uid, ShootEntry? Entry, ShootState? State)> shoots,
        IEnumerable<AuditEntry> audit,
        IReadOnlyCollection<Fault>? faults,
        IEnumerable<JsonObject> namespaces)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (uid, entry, state) in shoots)
        {
            if (entry is null || state is null)
            {
                Execute("DELETE FROM shoots WHERE uid = $uid", ("$uid", uid));
            }
            else
            {
                Execute(
                    "INSERT INTO shoots (uid, json, state) VALUES ($uid, $json, $state) ON CONFLICT (uid) DO UPDATE SET json = $json, state = $state",
                    ("$uid", uid),
                    ("$json", entry.Json),
                    ("$state", JsonSerializer.SerializeToUtf8Bytes(state, JsonTree.Web)));
            }
        }

        foreach (var entry in audit)
        {
            Execute("INSERT INTO audit (sequence, json) VALUES ($sequence, $json)", ("$sequence", entry.Sequence), ("$json", JsonSerializer.SerializeToUtf8Bytes(entry, JsonTree.Web)));
        }

        if (faults is not null)
        {
            Execute("DELETE FROM faults");
            foreach (var fault in faults)
            {
                Execute("INSERT INTO faults (id, json) VALUES ($id, $json)", ("$id", fault.Id), ("$json", JsonSerializer.SerializeToUtf8Bytes(fault, JsonTree.Web)));
            }
        }

        foreach (var item in namespaces)
        {
            Execute("INSERT OR REPLACE INTO namespaces (name, json) VALUES ($name, $json)", ("$name", item.Text("metadata", "name")!), ("$json", item.ToUtf8()));
        }

        Execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('version', $version)", ("$version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private void CreateTables()
    {
        Execute("PRAGMA synchronous=NORMAL");
        Execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        Execute("CREATE TABLE IF NOT EXISTS shoots (uid TEXT PRIMARY KEY, json BLOB NOT NULL, state BLOB NOT NULL) WITHOUT ROWID");
        Execute("CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY, json BLOB NOT NULL)");
        Execute("CREATE TABLE IF NOT EXISTS audit (sequence INTEGER PRIMARY KEY, json BLOB NOT NULL)");
        Execute("CREATE TABLE IF NOT EXISTS namespaces (name TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID");
    }

    private IEnumerable<T> Rows<T>(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return JsonSerializer.Deserialize<T>((byte[])reader[0], JsonTree.Web)!;
        }
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

#pragma warning disable CA2100 // Every statement is a literal of this class; values go in as parameters.
    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
#pragma warning restore CA2100
}
