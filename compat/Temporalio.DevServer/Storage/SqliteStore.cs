using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Temporalio.DevServer.Storage;

/// <summary>The database: one writing session, and reading sessions beside it (a memory database has only the one).</summary>
internal sealed class SqliteStore : IDisposable
{
    private readonly string? path;
    private readonly SqliteSession writer;
    private readonly Lock memoryGate = new();
    private readonly ConcurrentBag<SqliteSession> readers = [];

    public SqliteStore(string? path, IEnumerable<KeyValuePair<string, string>> pragmas)
    {
        this.path = path;
        var connection = Open(path is null ? "Data Source=:memory:;Pooling=False" : ConnectionString(SqliteOpenMode.ReadWriteCreate));
        writer = new SqliteSession(connection);
        if (path is not null)
        {
            Run("PRAGMA journal_mode=WAL");
            Run("PRAGMA synchronous=NORMAL");
            Run("PRAGMA wal_autocheckpoint=4000");
        }

        Run("PRAGMA cache_size=-32000");
        Run("PRAGMA temp_store=MEMORY");
        foreach (var (name, value) in pragmas)
        {
            Run($"PRAGMA {name}={value}");
        }

        CheckVersion();
        Run(Schema.Sql);
        Run($"PRAGMA user_version={Schema.Version}");
    }

    public bool IsMemory => path is null;

    public T Read<T>(Func<SqliteSession, T> read)
    {
        if (path is null)
        {
            lock (memoryGate)
            {
                return read(writer);
            }
        }

        if (!readers.TryTake(out var session))
        {
            session = new SqliteSession(Open(ConnectionString(SqliteOpenMode.ReadWrite)));
        }

        try
        {
            var result = read(session);
            readers.Add(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>One transaction. Only the writer's thread may call this.</summary>
    public void Write(Action<SqliteSession> write)
    {
        lock (memoryGate)
        {
            writer.Execute("BEGIN IMMEDIATE");
            try
            {
                write(writer);
                writer.Execute("COMMIT");
            }
            catch
            {
                writer.Execute("ROLLBACK");
                throw;
            }
        }
    }

    public void Dispose()
    {
        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        if (path is not null)
        {
            Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        writer.Dispose();
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private string ConnectionString(SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();

    private void Run(string sql)
    {
        using var command = writer.Once(sql, []);
        command.ExecuteNonQuery();
    }

    private void CheckVersion()
    {
        using var command = writer.Once("PRAGMA user_version", []);
        var version = (long)command.ExecuteScalar()!;
        if (version is not 0 and not Schema.Version)
        {
            throw new InvalidDataException(
                $"The database has schema version {version}, this server writes version {Schema.Version}. Use another --db-filename or delete the file.");
        }
    }
}
