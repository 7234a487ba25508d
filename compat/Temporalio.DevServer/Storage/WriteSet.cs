namespace Temporalio.DevServer.Storage;

/// <summary>What one transition of one run changes on disk. All of it, or nothing.</summary>
internal sealed class WriteSet
{
    public required long RunKey { get; init; }

    public NewRunRow? NewRun { get; init; }

    public byte[]? State { get; init; }

    public bool Open { get; init; }

    /// <summary>When the run has something to do by itself, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public long FirstEventId { get; init; }

    public byte[]? History { get; init; }

    public VisibilityRow? Visibility { get; init; }

    public List<OutboxRow>? OutboxAdded { get; init; }

    public List<long>? OutboxDone { get; init; }

    /// <summary>Rare changes that have no row type of their own.</summary>
    public Action<SqliteSession>? Other { get; init; }

    /// <summary>Runs on the writer's thread once the change is durable, in commit order.</summary>
    public Action? Committed { get; init; }
}

internal sealed record NewRunRow(string Namespace, string WorkflowId, string RunId, string StartRequestId, bool Current);

internal sealed record OutboxRow(long Id, string Namespace, string WorkflowId, byte[] Payload);
