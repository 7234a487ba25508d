using System.Collections.Concurrent;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>The namespaces. Each is kept as the description that clients read.</summary>
internal sealed class NamespaceRegistry
{
    public const string ClusterName = "active";
    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, DescribeNamespaceResponse> known = new(StringComparer.Ordinal);
    private readonly StoreWriter writer;

    public NamespaceRegistry(SqliteStore store, StoreWriter writer)
    {
        this.writer = writer;
        store.Read(session =>
        {
            using var rows = session.Query("SELECT name, data FROM namespaces");
            while (rows.Read())
            {
                var item = DescribeNamespaceResponse.Parser.ParseFrom((byte[])rows[1]);
                item.ReplicationConfig ??= OneCluster();
                known[rows.GetString(0)] = item;
            }

            return true;
        });
    }

    public IReadOnlyList<DescribeNamespaceResponse> All =>
        [.. known.Values.Where(IsOpen).OrderBy(static item => item.NamespaceInfo.Name, StringComparer.Ordinal)];

    public DescribeNamespaceResponse Get(string name) => known.TryGetValue(name, out var found) && IsOpen(found) ? found : throw NotFound(name);

    public DescribeNamespaceResponse? FindById(string id) => All.FirstOrDefault(item => item.NamespaceInfo.Id == id);

    /// <summary>False also for one that is being deleted.</summary>
    public bool Exists(string name) => known.TryGetValue(name, out var found) && IsOpen(found);

    public static GrpcException NotFound(string name) =>
        new(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public bool Knows(string name) => known.ContainsKey(name);

    /// <summary>Throws when there is no such namespace.</summary>
    public void Check(string name)
    {
        if (name.Length == 0)
        {
            throw GrpcException.InvalidArgument("Namespace not set on request.");
        }

        Get(name);
    }

    public async Task AddAsync(string name, string description, string owner, TimeSpan? retention)
    {
        var item = new DescribeNamespaceResponse
        {
            NamespaceInfo = new NamespaceInfo
            {
                Name = name,
                Id = Guid.NewGuid().ToString(),
                State = NamespaceState.Registered,
                Description = description,
                OwnerEmail = owner,
                Capabilities = new NamespaceInfo.Types.Capabilities
                {
                    SyncUpdate = true,
                    AsyncUpdate = true,
                },
                Limits = new NamespaceInfo.Types.Limits { BlobSizeLimitError = 2 * 1024 * 1024, MemoSizeLimitError = 2 * 1024 * 1024 },
            },
            Config = new NamespaceConfig { WorkflowExecutionRetentionTtl = (retention ?? DefaultRetention).Proto() },
            ReplicationConfig = OneCluster(),
            FailoverVersion = 0,
        };
        if (!known.TryAdd(name, item))
        {
            throw new GrpcException(StatusCode.AlreadyExists, "Namespace already exists.", new NamespaceAlreadyExistsFailure());
        }

        var data = item.ToByteArray();
        await writer.Write(new WriteSet
        {
            RunKey = 0,
            Other = session => session.Execute("INSERT INTO namespaces (name, data) VALUES ($1, $2)", name, data),
        }).ConfigureAwait(false);
    }

    /// <summary>Does not bring back a namespace that is being deleted.</summary>
    public Task UpdateAsync(DescribeNamespaceResponse before, DescribeNamespaceResponse after)
    {
        var name = after.NamespaceInfo.Name;
        if (!known.TryUpdate(name, after, before))
        {
            throw Exists(name)
                ? new GrpcException(StatusCode.Unavailable, $"Namespace {name} was changed by another call at the same time: try again.")
                : NotFound(name);
        }

        var data = after.ToByteArray();
        return writer.Write(new WriteSet
        {
            RunKey = 0,
            Other = session => session.Execute("UPDATE namespaces SET data = $2 WHERE name = $1", name, data),
        });
    }

    /// <summary>From now on there is no such namespace for any caller; its name stays taken until it is forgotten.</summary>
    public void Close(string name)
    {
        var found = Get(name);
        var closed = found.Clone();
        closed.NamespaceInfo.State = NamespaceState.Deleted;
        if (!known.TryUpdate(name, closed, found))
        {
            throw NotFound(name);
        }
    }

    public void Forget(string name) => known.TryRemove(name, out _);

    private static bool IsOpen(DescribeNamespaceResponse item) => item.NamespaceInfo.State == NamespaceState.Registered;

    /// <summary>Clients read it without asking whether it is there.</summary>
    private static NamespaceReplicationConfig OneCluster() => new()
    {
        ActiveClusterName = ClusterName,
        Clusters = { new ClusterReplicationConfig { ClusterName = ClusterName } },
        State = ReplicationState.Normal,
    };
}
